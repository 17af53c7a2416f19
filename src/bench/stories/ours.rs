//! Our own system, [`stories`].

use rayon::prelude::*;

use super::corpus::StoryArticle;
use super::entrants::Grouper;
use super::similarity::order;
use crate::model::Article;
use crate::read::{Document, ReadOptions};
use crate::stories::{self, Decision, GroupingOptions};

/// Groups articles as `epitome stories` does.
#[derive(Clone, Debug, Default)]
pub struct Epitome {
    /// What decides.
    pub decision: Decision,
}

impl Grouper for Epitome {
    fn group(&self, articles: &[StoryArticle]) -> Vec<usize> {
        let order = order(articles);
        let read = in_order(articles, &order);
        let options = GroupingOptions { decision: self.decision.clone(), ..GroupingOptions::default() };
        let mut grouper = stories::Grouper::new(options);
        grouper.add(&read);
        let mut labels = vec![0; articles.len()];
        order.iter().zip(0..).for_each(|(at, number)| labels[*at] = grouper.story_of(number) as usize);
        labels
    }
}

/// Articles as they are read, in an order.
pub(super) fn in_order(articles: &[StoryArticle], order: &[usize]) -> Vec<Article> {
    order.par_iter().map(|at| article(&articles[*at])).collect()
}

fn article(given: &StoryArticle) -> Article {
    let options = ReadOptions { language: given.language, ..ReadOptions::default() };
    let document = Document {
        title: given.title.clone(),
        date: given.published.map(|moment| moment.to_string()),
        text: given.text.clone(),
        publisher: given.publisher.clone(),
        url: given.url.clone(),
        ..Document::default()
    };
    document.into_article(given.id.clone(), &options)
}
