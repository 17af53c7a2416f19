//! A command in, what it took out.

use std::process::{Command, Stdio};
use std::time::Instant;

use serde_json::{Value, json};

/// Runs this program again as a child that does `work` on so many threads, and gives what it says.
pub fn child(threads: usize, work: &[&str]) -> Value {
    let mut command = this_program();
    command.arg("child").args(work).env("RAYON_NUM_THREADS", threads.to_string());
    said(&mut command)
}

/// Runs a program and says what it took: `wall` and `cpu` in seconds, `peak` memory in bytes, bytes `written` to standard
/// output, and the exit `code`.
///
/// A child of this process counts the memory of this process as its own until it has become the program, and the most
/// that any child took is all that the system says. So it is run by a process that has done nothing else.
pub fn measured(program: &str, arguments: &[&str]) -> Value {
    said(&mut measuring(program, arguments))
}

/// The same, with what the program says on standard error.
pub fn measured_aloud(program: &str, arguments: &[&str]) -> (Value, String) {
    let mut command = measuring(program, arguments);
    let output = command.stdin(Stdio::null()).output().expect("a child can be run");
    let aloud = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?} failed: {}: {aloud}", output.status);
    (serde_json::from_slice(&output.stdout).expect("children say JSON"), aloud)
}

fn measuring(program: &str, arguments: &[&str]) -> Command {
    let mut command = this_program();
    command.arg("measure").arg(program).args(arguments);
    command
}

/// Runs a program from this process, which must have done nothing else.
pub fn measure(program: &str, arguments: &[String]) -> Value {
    let begun = Instant::now();
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let wall = begun.elapsed().as_secs_f64();
    let (cpu, peak) = usage();
    json!({ "wall": wall, "cpu": cpu, "peak": peak, "written": output.stdout.len(), "code": output.status.code() })
}

/// Seconds of processor time that children took, and the most bytes of memory that one of them had.
#[cfg(unix)]
fn usage() -> (f64, i64) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system keeps count");
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let time = (usage.user_time() + usage.system_time()).num_microseconds();
    (time as f64 / 1e6, usage.max_rss() * unit)
}

#[cfg(not(unix))]
fn usage() -> (f64, i64) {
    (f64::NAN, 0)
}

fn this_program() -> Command {
    Command::new(std::env::current_exe().expect("a program knows where it is"))
}

fn said(command: &mut Command) -> Value {
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().expect("a child can be run");
    assert!(output.status.success(), "{command:?} failed: {}", output.status);
    serde_json::from_slice(&output.stdout).expect("children say JSON")
}

/// What this was measured on: processor, commit, versions.
pub fn machine() -> String {
    let run = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().ok().filter(|output| output.status.success());
        output.map_or_else(|| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!(
        "{}, {cores} cores; {}; epitome {} at {}",
        model.trim_start_matches(['\t', ' ', ':']),
        run("rustc", &["--version"]),
        env!("CARGO_PKG_VERSION"),
        run("git", &["describe", "--always", "--dirty"]),
    )
}
