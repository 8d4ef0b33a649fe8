//! Measured in processes of their own, so that nothing one phase leaves behind helps or burdens the next.

use anyhow::{Context, Result, ensure};
use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// What a phase printed, and how long its process took from start to end.
pub(crate) struct Run {
    pub(crate) output: String,
    pub(crate) wall: Duration,
}

/// Runs this program again with other arguments.
pub(crate) fn run(arguments: &[&str]) -> Result<Run> {
    let start = Instant::now();
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {arguments:?}"))?;
    let wall = start.elapsed();
    ensure!(output.status.success(), "{arguments:?} failed");
    Ok(Run { output: String::from_utf8(output.stdout)?, wall })
}

/// The most memory that this process has had, in bytes; 0 where the system does not tell.
pub(crate) fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or(0) * 1024
}
