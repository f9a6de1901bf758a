//! The CPU time of the programs that this command has run.

/// The user CPU time of all children that have ended, with theirs, in seconds. Only Linux reports it (proc(5), field 16 of
/// `stat`).
pub fn of_children() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields.split_whitespace().nth(13)?.parse().ok()?;
    // The kernel counts a hundred ticks a second on every platform of Linux.
    Some(ticks as f64 / 100.0)
}
