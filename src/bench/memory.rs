//! Nothing in, the most memory that the process has had out.
//!
//! Linux keeps the count (`VmHWM` in `/proc/self/status`) and lets a process begin it anew (5 in `/proc/self/clear_refs`,
//! see proc(5)). Elsewhere it is not known.

use std::fs;

/// Begins the count anew, where that can be done.
pub fn reset_peak() {
    // Where it cannot be done the count is that of the whole run so far: an upper bound.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most bytes of memory that the process has had since the count began; `None` where the system does not say.
pub fn peak() -> Option<u64> {
    peak_of(&fs::read_to_string("/proc/self/status").ok()?)
}

fn peak_of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_in_bytes() {
        assert_eq!(peak_of("Name:\tepitome\nVmHWM:\t    2048 kB\nVmRSS:\t 1 kB\n"), Some(2 << 20));
        assert_eq!(peak_of("Name:\tepitome\n"), None);
    }
}
