//! What a digest of the first real input must be. The input is other people's text and does not ship with the project:
//! where it is not there, these checks say that they are skipped.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use epitome::read::{self, ReadOptions};
use epitome::segment::count_words;
use epitome::{Budget, Cluster, Digest, Options, Summarizer};

fn seeds() -> Option<Cluster> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        // Past the test runner, which keeps what a test that passes prints to itself.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not there", folder.display());
        return None;
    }
    let reading = read::read(&[PathBuf::from(&folder)], &ReadOptions::default()).expect("a folder that is there");
    Some(reading.into_cluster())
}

fn digest(cluster: &Cluster, budget: Budget) -> Digest {
    Summarizer::new(&Options { budget, ..Options::default() }).expect("a valid budget").summarize(cluster)
}

fn words(digest: &Digest) -> usize {
    digest.items.iter().map(|item| count_words(&item.quote)).sum()
}

fn articles(digest: &Digest) -> usize {
    let cited = digest.items.iter().flat_map(|item| {
        std::iter::once(item.citation.article).chain(item.also_in.iter().map(|also| also.citation.article))
    });
    cited.collect::<HashSet<_>>().len()
}

#[test]
fn budgets_are_filled_and_sources_are_many() {
    let Some(cluster) = seeds() else { return };
    assert_eq!(cluster.articles.len(), 5);
    for (budget, fewest_words, fewest_articles) in [(50, 38, 3), (100, 80, 3), (200, 170, 4)] {
        let digest = digest(&cluster, Budget::Words(budget));
        let told = words(&digest);
        assert!((fewest_words..=budget).contains(&told), "{told} of {budget} words");
        assert!(articles(&digest) >= fewest_articles, "{} articles at {budget} words", articles(&digest));
    }
    assert_eq!(digest(&cluster, Budget::Sentences(3)).items.len(), 3);
}

#[test]
fn the_digest_opens_with_the_agreement_and_quotes_no_furniture() {
    let Some(cluster) = seeds() else { return };
    for budget in [50, 100, 200, 400] {
        let digest = digest(&cluster, Budget::Words(budget));
        let opening = &digest.items[0].quote;
        assert!(opening.contains("agreed") && opening.contains("military-to-military"), "{opening}");
        for item in &digest.items {
            let quote = &item.quote;
            assert!(quote.ends_with(['.', '”', '"']), "{quote}");
            for furniture in
                ["Photo", "Newslooks", "•", "date 2026", "rate it", "Click", "Quick Looks", "Deep Look", "KYIV,"]
            {
                assert!(!quote.contains(furniture), "{quote}");
            }
        }
    }
}
