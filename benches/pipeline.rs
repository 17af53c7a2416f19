//! From text in memory to the digest, at 10 to 10,000 articles: time must grow as the text does.

mod news;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use epitome::{Options, Summarizer};

fn pipeline(criterion: &mut Criterion) {
    let summarizer = Summarizer::new(&Options::default()).expect("the default options work");
    let mut group = criterion.benchmark_group("pipeline");
    for articles in [10, 100, 1_000, 10_000] {
        let cluster = news::cluster(articles, 1);
        let expected = summarizer.summarize(&cluster);
        let words: usize = expected.items.iter().map(|item| epitome::segment::count_words(&item.quote)).sum();
        assert!((80..=100).contains(&words), "a digest of {words} words");
        group.throughput(Throughput::Bytes(news::bytes(&cluster)));
        group.sample_size(if articles > 100 { 10 } else { 50 });
        group.bench_with_input(BenchmarkId::from_parameter(articles), &cluster, |bencher, cluster| {
            bencher.iter(|| assert_eq!(summarizer.summarize(cluster).items.len(), expected.items.len()));
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
