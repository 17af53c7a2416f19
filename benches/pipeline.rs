//! From text in memory to the digest, at 10 to 10,000 articles: time must grow as the text does.
//!
//! Everything that the program does is in it but the reading of files: blocks, hashes, language detection, sentences,
//! ranking, choosing, citing, JSON.

mod news;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use epitome::read::{Markup, ReadOptions, Reading, article};
use epitome::render::to_json;
use epitome::{Digest, Options, Summarizer};

fn digest(texts: &[String], summarizer: &Summarizer) -> Digest {
    let options = ReadOptions::default();
    let read = |text: &String| article("x", text.clone(), Markup::Plain, &options);
    let cluster = Reading::of(texts.iter().map(read).collect(), Vec::new()).into_cluster();
    let mut digest = summarizer.summarize(&cluster);
    // A program would read files; their text is not kept in the digest.
    digest.sources.iter_mut().for_each(|source| source.text = None);
    digest
}

fn pipeline(criterion: &mut Criterion) {
    let summarizer = Summarizer::new(&Options::default()).expect("the default options work");
    let mut group = criterion.benchmark_group("pipeline");
    for articles in [10, 100, 1_000, 10_000] {
        let texts = news::texts(articles, 1);
        let expected = to_json(&digest(&texts, &summarizer));
        let items = digest(&texts, &summarizer).items;
        let words: usize = items.iter().map(|item| epitome::segment::count_words(&item.quote)).sum();
        assert!((80..=100).contains(&words), "a digest of {words} words");
        group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
        group.sample_size(if articles > 100 { 10 } else { 50 });
        group.bench_with_input(BenchmarkId::from_parameter(articles), &texts, |bencher, texts| {
            bencher.iter(|| assert_eq!(to_json(&digest(texts, &summarizer)), expected));
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
