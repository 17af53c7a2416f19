//! A grouper in, what is asked of its stories out.

use super::Grouper;
use crate::stories::document::Field;
use crate::union_find::by_label;
use crate::voices::group;

impl Grouper {
    /// The stories: for each the numbers of its articles, rising; in the order of their first articles.
    pub fn stories(&self) -> Vec<Vec<u32>> {
        let stories = by_label(&self.sets.tops());
        stories.into_iter().map(|story| story.into_iter().map(|article| article as u32).collect()).collect()
    }

    /// The publisher of an article, as a key that is the same for all names of it.
    pub fn publisher(&self, article: u32) -> Option<u64> {
        self.prints.prints()[article as usize].sender().publisher
    }

    /// The voices of some articles of one story: their places in the list, those that count once together.
    pub fn voices(&self, articles: &[u32]) -> Vec<Vec<usize>> {
        let prints = articles.iter().map(|article| self.prints.prints()[*article as usize].clone());
        by_label(&group(prints).firsts())
    }

    /// The articles of a story without copies, the one that is closest to all of them first.
    pub fn by_centrality(&self, article: u32) -> Vec<u32> {
        let group = &self.groups[self.story_of(article) as usize];
        let centrality = |article: u32| -> f64 {
            let own = &self.articles[article as usize].profile;
            let product = |field: &Field| own.sums[*field as usize].dot(&group.profile.sums[*field as usize]);
            [Field::Body, Field::Title].iter().map(product).sum()
        };
        let mut articles: Vec<(f64, u32)> =
            group.articles.iter().map(|article| (centrality(*article), *article)).collect();
        articles.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
        articles.into_iter().map(|(_, article)| article).collect()
    }

    /// The keys of the terms that weigh most in all of a story.
    pub fn heaviest_terms(&self, article: u32, most: usize) -> Vec<u64> {
        let group = &self.groups[self.story_of(article) as usize];
        let heaviest = group.profile.sums[Field::Body as usize].heaviest(most);
        heaviest.into_iter().map(|entry| self.terms.key(entry.term)).collect()
    }

    /// The log-odds that an article is of one story with the rest of its story; `None` where it is alone in it.
    pub fn log_odds_of(&self, article: u32) -> Option<f64> {
        let own = &self.articles[article as usize].profile;
        let group = &self.groups[self.story_of(article) as usize];
        let rest = group.profile.size.checked_sub(1).filter(|rest| *rest > 0)?;
        let closest = group.near.iter().next().map_or(0.0, |near| near.cosine);
        let evidence = own.evidence_within(&group.profile, rest, [closest; 2]);
        let kind = own.kind(&group.profile, self.calendar.is_of_few_days());
        Some(self.options.decision.weights(kind).log_odds(&evidence))
    }
}
