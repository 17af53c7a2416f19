//! From text in memory to the digest on one thread: time must grow as the text does.
//!
//! Everything that the library does is in it: blocks, SHA-256, language, sentences, ranking, choosing, citing. Only the
//! copy of the text that each round needs is made beforehand.
//!
//!     cargo bench --bench pipeline                     all of it
//!     cargo bench --bench pipeline -- 'many stories'   as many stories one after the other, all different
//!     cargo bench --bench pipeline -- 'one cluster'    one story of so many articles, over and over
//!     cargo bench --bench pipeline -- 'first story'    the first story that a thread sees: all words are new to it

mod news;
mod work;

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use epitome::Summarizer;
use news::Story;

/// How long digests of the stories take, one after the other. Holds each against the number of bytes it should quote.
fn time(stories: &[Vec<String>], quoted: &[usize], summarizer: &Summarizer) -> Duration {
    let mut time = Duration::ZERO;
    for (story, quoted) in stories.iter().zip(quoted) {
        let texts = story.clone();
        let begun = Instant::now();
        let digest = work::digest(texts, summarizer);
        time += begun.elapsed();
        assert_eq!(digest.items.iter().map(|item| item.quote.len()).sum::<usize>(), *quoted);
    }
    time
}

/// How many bytes the digest of each story quotes.
fn quoted(stories: &[Vec<String>], summarizer: &Summarizer) -> Vec<usize> {
    let quoted = |story: &Vec<String>| {
        let digest = work::digest(story.clone(), summarizer);
        work::check(&digest);
        digest.items.iter().map(|item| item.quote.len()).sum()
    };
    stories.iter().map(quoted).collect()
}

fn bytes(stories: &[Vec<String>]) -> Throughput {
    Throughput::Bytes(stories.iter().flatten().map(|text| text.len() as u64).sum())
}

fn usual(stories: usize) -> Vec<Vec<String>> {
    (1..=stories as u64).map(|seed| Story::usual(seed).texts().collect()).collect()
}

fn pipeline(criterion: &mut Criterion) {
    let summarizer = work::summarizer();
    let thread = work::one_thread();

    let mut group = criterion.benchmark_group("many stories");
    for count in [1, 10, 100, 1_000] {
        let stories = usual(count);
        group.throughput(bytes(&stories)).sample_size(if count > 10 { 10 } else { 50 });
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            let quoted = quoted(&stories, &summarizer);
            bencher.iter_custom(|rounds| {
                thread.install(|| (0..rounds).map(|_| time(&stories, &quoted, &summarizer)).sum())
            });
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("first story");
    let stories = usual(1);
    group.throughput(bytes(&stories));
    group.bench_function(BenchmarkId::from_parameter(1), |bencher| {
        let quoted = quoted(&stories, &summarizer);
        bencher.iter_custom(|rounds| {
            let first = |_| work::one_thread().install(|| time(&stories, &quoted, &summarizer));
            (0..rounds).map(first).sum()
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("one cluster");
    for articles in [10, 100, 1_000, 10_000] {
        let stories = vec![Story { articles, ..Story::usual(1) }.texts().collect()];
        group.throughput(bytes(&stories)).sample_size(if articles > 100 { 10 } else { 50 });
        group.bench_function(BenchmarkId::from_parameter(articles), |bencher| {
            let quoted = quoted(&stories, &summarizer);
            bencher.iter_custom(|rounds| {
                thread.install(|| (0..rounds).map(|_| time(&stories, &quoted, &summarizer)).sum())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
