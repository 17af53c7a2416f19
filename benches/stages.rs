//! Each stage by itself, at 1×, 10× and 100× of a story of 10 articles; throughput in bytes of article text.

mod news;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use epitome::Options;
use epitome::cite::cite;
use epitome::rank::{Story, rank};
use epitome::read::{Markup, ReadOptions, article};
use epitome::render::{from_json, to_json};
use epitome::segment::sentences;
use epitome::select::{Outcome, select};
use epitome::vectorize::vectorize;

fn stages(criterion: &mut Criterion) {
    let options = Options::default();
    for articles in [10, 100, 1_000] {
        let texts = news::texts(articles, 1);
        let cluster = news::cluster(articles, 1);
        let story = Story::new(sentences(&cluster));
        let ranking = rank(&story, &options);
        let selection = select(&story, &ranking, &options);
        let digest = cite(&story, &ranking, &selection, &options);
        let json = to_json(&digest);
        // What is measured must be what is meant: all sentences found, the ranking at rest, a digest with citations.
        assert_eq!(story.sentences.len(), articles * 16);
        assert!(ranking.convergence.converged);
        assert_eq!(selection.outcome, Outcome::Chosen);
        assert!(digest.items.iter().any(|item| !item.also_in.is_empty()));

        let mut group = criterion.benchmark_group("stages");
        group.throughput(Throughput::Bytes(news::bytes(&cluster)));
        group.sample_size(if articles > 100 { 10 } else { 50 });
        let mut bench = |name: &str, run: &mut dyn FnMut() -> usize| {
            let expected = run();
            assert!(expected > 0);
            group.bench_function(BenchmarkId::new(name, articles), |bencher| {
                bencher.iter(|| assert_eq!(run(), expected));
            });
        };
        let read_options = ReadOptions::default();
        bench("read", &mut || {
            let read = |text: &String| article("x", text.clone(), Markup::Plain, &read_options).blocks.len();
            texts.iter().map(read).sum()
        });
        bench("segment", &mut || sentences(&cluster).len());
        bench("vectorize", &mut || vectorize(&story.sentences).0.nonzeros());
        bench("rank", &mut || rank(&story, &options).convergence.rounds);
        bench("select", &mut || select(&story, &ranking, &options).picks.len());
        bench("cite", &mut || cite(&story, &ranking, &selection, &options).items.len());
        bench("to_json", &mut || to_json(&digest).len());
        bench("from_json", &mut || from_json(&json, "bench").map_or(0, |digest| digest.items.len()));
        group.finish();
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);
