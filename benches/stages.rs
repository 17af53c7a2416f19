//! Each stage by itself on one thread, at 1×, 10×, 100× and 1,000× of a story of 10 articles; throughput in bytes of article
//! text.
//!
//!     cargo bench --bench stages              all of it
//!     cargo bench --bench stages -- '/10$'    the story of 10 articles

mod news;
mod work;

use std::time::Instant;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use news::Story;

fn stages(criterion: &mut Criterion) {
    let thread = work::one_thread();
    let mut group = criterion.benchmark_group("stages");
    for articles in [10, 100, 1_000, 10_000] {
        group.sample_size(if articles > 100 { 10 } else { 50 });
        let story = Story { articles, ..Story::usual(1) };
        // Nothing is prepared for what the filter leaves out: criterion calls this only for what is to be measured.
        let texts = std::cell::OnceCell::new();
        let bytes = (articles * Story::ARTICLE) as u64;
        for stage in work::STAGES {
            group.throughput(Throughput::Bytes(bytes));
            group.bench_function(BenchmarkId::new(stage, articles), |bencher| {
                let texts = texts.get_or_init(|| story.texts().collect::<Vec<String>>());
                work::each_stage(texts, |name, work| {
                    if name != stage {
                        return;
                    }
                    let expected = work();
                    assert!(expected > 0);
                    bencher.iter_custom(|rounds| {
                        thread.install(|| {
                            let begun = Instant::now();
                            (0..rounds).for_each(|_| assert_eq!(work(), expected));
                            begun.elapsed()
                        })
                    });
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
