//! Runs one stage once over a fixed corpus, for callgrind to count its instructions; `benches/instructions/check` does.
//!
//! Counts need no quiet machine, and they repeat to the instruction: one thread, no thread pool that is woken, the same
//! bytes in the same order.
//!
//!     instructions WHAT      does the work; what is counted is what happens inside `measured`
//!     instructions list      the names of all that can be measured
//!     instructions machine   what counts depend on beside the code

#[path = "../news/mod.rs"]
mod news;
#[path = "../work/mod.rs"]
mod work;

use std::hint::black_box;

use news::Story;
use rayon::ThreadPoolBuilder;
use work::{STAGES, Work};

/// The whole from text in memory to the digest: the first story of a process, five more after three others, and one story
/// of a hundred articles.
const WHOLES: [&str; 3] = ["first", "next", "hundred"];

fn main() {
    let what = std::env::args().nth(1).unwrap_or_default();
    match what.as_str() {
        "list" => STAGES.iter().chain(&WHOLES).for_each(|name| println!("{name}")),
        "machine" => println!("{}", machine()),
        name if STAGES.contains(&name) || WHOLES.contains(&name) => {
            // This thread is the pool: nothing is handed to another one.
            let pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread();
            pool.build_global().expect("nobody has built a pool before");
            count(name);
        }
        _ => println!("benches/instructions/check counts the instructions of each stage by callgrind"),
    }
}

fn count(name: &str) {
    let summarizer = work::summarizer();
    let digest = |story: Story| {
        let digest = work::digest(story.texts().collect(), &summarizer);
        work::check(&digest);
        digest.items.len()
    };
    match name {
        "first" => measured(&|| digest(Story::usual(1))),
        "next" => {
            (1..=3).for_each(|seed| assert!(digest(Story::usual(seed)) > 0));
            measured(&|| (4..=8).map(|seed| digest(Story::usual(seed))).sum());
        }
        "hundred" => measured(&|| digest(Story { articles: 100, ..Story::usual(1) })),
        stage => {
            let texts: Vec<String> = Story::usual(1).texts().collect();
            work::each_stage(&texts, |name, work| {
                if name == stage {
                    measured(work);
                }
            });
        }
    }
}

/// Callgrind counts from where this is entered to where it is left.
#[inline(never)]
fn measured(work: Work<'_>) {
    assert!(black_box(work()) > 0, "nothing was found");
}

/// What code looks for in the processor when it runs, to choose between two ways.
fn machine() -> String {
    #[cfg(target_arch = "x86_64")]
    {
        let found = [
            ("ssse3", is_x86_feature_detected!("ssse3")),
            ("sse4.1", is_x86_feature_detected!("sse4.1")),
            ("sse4.2", is_x86_feature_detected!("sse4.2")),
            ("avx", is_x86_feature_detected!("avx")),
            ("avx2", is_x86_feature_detected!("avx2")),
            ("bmi2", is_x86_feature_detected!("bmi2")),
            ("sha", is_x86_feature_detected!("sha")),
            ("avx512f", is_x86_feature_detected!("avx512f")),
        ];
        found.iter().filter(|(_, found)| *found).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        std::env::consts::ARCH.to_owned()
    }
}
