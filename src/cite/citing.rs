//! Picks in, a [`Digest`] out.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Places;
use super::digest::{AlsoIn, Asked, Digest, Item, JoinedBy, Note, SCHEMA, Source, Voice};
use crate::model::{Article, ArticleId, Cluster, Options, Origin, SentenceId};
use crate::rank::{About, Ranking, Story};
use crate::read::{names_relative_day, sha256};
use crate::segment::Sentence;
use crate::select::Selection;
use crate::voices::{Join, Voices, Why, common_name};

/// Writes down where each pick and each of its echoes stands.
pub fn cite(story: &Story<'_>, ranking: &Ranking, selection: &Selection, options: &Options) -> Digest {
    let cluster = story.sentences.cluster();
    let mut places: FxHashMap<ArticleId, Places<'_>> = FxHashMap::default();
    let mut place = |id: SentenceId| {
        let Sentence { article, span, .. } = story.sentences.get(id);
        places.entry(article).or_insert_with(|| Places::new(&cluster[article].text)).cite(article, span)
    };
    let several_days = is_of_several_days(cluster);
    let items: Vec<Item> = selection
        .picks
        .iter()
        .map(|pick| Item {
            quote: story.sentences.text(pick.sentence).to_owned(),
            score: pick.score,
            parts: pick.parts.clone(),
            citation: place(pick.sentence),
            also_in: pick
                .echoes
                .iter()
                .map(|echo| AlsoIn { quote: story.sentences.text(*echo).to_owned(), citation: place(*echo) })
                .collect(),
            notes: notes(story, pick.sentence, several_days),
        })
        .collect();
    let opening = items.first().map(|item| &cluster[item.citation.article]);
    let title = opening.into_iter().chain(&cluster.articles).find_map(|article| article.title().map(str::to_owned));
    Digest {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: options.clone(),
        outcome: selection.outcome,
        convergence: ranking.convergence,
        title,
        language: cluster.language,
        items,
        sources: sources(cluster),
        voices: voices(cluster, &story.voices),
        left_out: cluster.left_out.clone(),
        about: ranking.about.as_ref().map(asked),
        passed_over: selection.passed_over,
        dropped: None,
    }
}

fn asked(about: &About) -> Asked {
    Asked { sentences: about.sentences, missing: about.missing.clone() }
}

/// Whether the articles that say when they were published were not all published on one day.
fn is_of_several_days(cluster: &Cluster) -> bool {
    let mut days = cluster.articles.iter().filter_map(|article| article.metadata.day()).map(|moment| moment.date);
    days.next().is_some_and(|first| days.any(|day| day != first))
}

/// What a reader must know beside a quote: the day that `on Thursday` and `yesterday` are counted from.
fn notes(story: &Story<'_>, sentence: SentenceId, several_days: bool) -> Vec<Note> {
    let article = &story.sentences.cluster()[story.sentences.get(sentence).article];
    let names_a_day = || names_relative_day(story.sentences.text(sentence));
    let day = article.metadata.day().filter(|_| several_days && names_a_day());
    day.map(Note::Published).into_iter().collect()
}

fn voices(cluster: &Cluster, voices: &Voices) -> Vec<Voice> {
    let mut told: Vec<Voice> = Vec::with_capacity(voices.len());
    for members in voices.members() {
        let mut articles = members.clone();
        articles.sort_unstable();
        told.push(Voice { articles, joined_by: Vec::new() });
    }
    for Join { articles, why } in voices.joins() {
        let articles = articles.map(ArticleId::from);
        let credit = matches!(why, Why::Credit { .. });
        let agency = if credit { common_name(&cluster[articles[0]], &cluster[articles[1]]) } else { None };
        told[voices.voice(articles[0])].joined_by.push(JoinedBy { articles, why: *why, agency });
    }
    told
}

fn sources(cluster: &Cluster) -> Vec<Source> {
    let source = |article: &Article| Source {
        path: article.source.clone(),
        file: article.file.clone(),
        origin: article.origin,
        markup: article.markup,
        sha256: article.sha256.clone(),
        text_sha256: (article.origin == Origin::Extracted).then(|| sha256(article.text.as_bytes())),
        encoding: article.encoding.to_owned(),
        metadata: article.metadata.clone(),
        language: article.language,
        text: (article.origin != Origin::File).then(|| Arc::clone(&article.text)),
        kept: None,
        known: None,
    };
    cluster.articles.iter().map(source).collect()
}
