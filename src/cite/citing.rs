//! Picks in, a [`Digest`] out.

use std::collections::HashMap;

use super::Places;
use super::digest::{AlsoIn, Convergence, Digest, Item, SCHEMA, Source};
use crate::model::{Article, ArticleId, Cluster, Options, Origin, SentenceId};
use crate::rank::{Ranking, Story};
use crate::segment::Sentence;
use crate::select::Selection;

/// Writes down where each pick and each of its echoes stands.
pub fn cite(story: &Story<'_>, ranking: &Ranking, selection: &Selection, options: &Options) -> Digest {
    let cluster = story.sentences.cluster();
    let mut places: HashMap<ArticleId, Places<'_>> = HashMap::new();
    let mut place = |id: SentenceId| {
        let Sentence { article, span, .. } = story.sentences.get(id);
        places.entry(article).or_insert_with(|| Places::new(&cluster[article].text)).cite(article, span)
    };
    let items: Vec<Item> = selection
        .picks
        .iter()
        .map(|pick| Item {
            quote: story.sentences.text(pick.sentence).to_owned(),
            score: ranking.score(pick.sentence),
            citation: place(pick.sentence),
            also_in: pick
                .echoes
                .iter()
                .map(|echo| AlsoIn { quote: story.sentences.text(*echo).to_owned(), citation: place(*echo) })
                .collect(),
            notes: Vec::new(),
        })
        .collect();
    let opening = items.first().map(|item| &cluster[item.citation.article]);
    let title = opening.into_iter().chain(&cluster.articles).find_map(|article| article.title().map(str::to_owned));
    Digest {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        options: options.clone(),
        outcome: selection.outcome,
        convergence: Convergence { rounds: ranking.rounds, converged: ranking.converged },
        title,
        language: cluster.language,
        items,
        sources: sources(cluster),
        left_out: cluster.left_out.clone(),
        dropped: None,
    }
}

fn sources(cluster: &Cluster) -> Vec<Source> {
    let source = |article: &Article| Source {
        path: article.source.clone(),
        origin: article.origin,
        markup: article.markup,
        sha256: article.sha256.clone(),
        encoding: article.encoding.clone(),
        metadata: article.metadata.clone(),
        language: article.language,
        text: (article.origin != Origin::File).then(|| article.text.clone()),
        kept: None,
    };
    cluster.articles.iter().map(source).collect()
}
