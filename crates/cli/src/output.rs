//! Results on stdout, everything else on stderr.

use anyhow::{Context, Result, bail};
use std::{
    fs,
    io::{self, BufWriter, IsTerminal, StdoutLock, Write},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

/// Whether the reader of our output went away. Kept here, because the errors of libraries hide what caused them.
static READER_LEFT: AtomicBool = AtomicBool::new(false);

/// Stdout, which notices when nobody reads it any more.
pub(crate) struct Stdout(StdoutLock<'static>);

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        noticed(self.0.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        noticed(self.0.flush())
    }
}

fn noticed<T>(result: io::Result<T>) -> io::Result<T> {
    if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
        READER_LEFT.store(true, Ordering::Relaxed);
    }
    result
}

/// Stdout, for results. Flush it by [`finish`], so that no error is lost.
pub(crate) fn results() -> BufWriter<Stdout> {
    BufWriter::with_capacity(1 << 16, Stdout(io::stdout().lock()))
}

/// Writes out what is still held back.
pub(crate) fn finish(mut results: impl Write) -> Result<()> {
    results.flush()?;
    Ok(())
}

/// Prints a document as JSON.
pub(crate) fn print_json(document: &impl serde::Serialize) -> Result<()> {
    let mut out = results();
    serde_json::to_writer_pretty(&mut out, document).map_err(io::Error::from)?;
    writeln!(out)?;
    finish(out)
}

/// A table with a heading, its columns as wide as they must be.
pub(crate) fn table(heading: &[&str]) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(heading.iter().copied());
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// Prints a table without the blanks that fill its last column.
pub(crate) fn print_table(to: &mut impl Write, table: &comfy_table::Table) -> io::Result<()> {
    for line in table.lines() {
        writeln!(to, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Whether stdout is a terminal that wants colour.
pub(crate) fn color() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How far a long work is, on one line of a terminal; nothing where stderr is none.
pub(crate) struct Progress(bool);

impl Progress {
    pub(crate) fn new() -> Self {
        Self(io::stderr().is_terminal())
    }

    /// So many of so many are done, and this is under way.
    pub(crate) fn tell(&self, done: usize, of: usize, what: &str) {
        const WIDTH: usize = 24;
        if self.0 {
            let full = done * WIDTH / of.max(1);
            let bar = "█".repeat(full) + &"░".repeat(WIDTH - full.min(WIDTH));
            let what: String = what.chars().take(48).collect();
            // A closed stderr is no reason to stop.
            let _ = write!(io::stderr(), "\r\u{1b}[K{bar} {done}/{of} {what}");
        }
    }
}

impl Drop for Progress {
    /// Leaves the line empty.
    fn drop(&mut self) {
        if self.0 {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Tells people something about the work that is not its result.
pub(crate) fn note(text: impl std::fmt::Display) {
    // A closed stderr is no reason to stop.
    let _ = writeln!(io::stderr(), "{text}");
}

/// What went wrong, with what led to it.
pub(crate) fn print_error(error: &anyhow::Error) {
    note(format_args!("viite: {error}"));
    let mut said = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Some errors repeat their cause in their own words.
        if !said.contains(&cause) {
            note(format_args!("  {}", cause.replace('\n', "\n  ")));
        }
        said = cause;
    }
}

/// Whether the reader of our output went away, so that what failed since failed for that.
pub(crate) fn reader_left() -> bool {
    READER_LEFT.load(Ordering::Relaxed)
}

/// Writes a result to the file that was named, whole or not at all, else to stdout.
pub(crate) fn deliver(file: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    match file {
        Some(path) => write_whole(path, |file| write(file)),
        None => {
            let mut out = results();
            match write(&mut out).and_then(|()| finish(out)) {
                // Whoever reads has seen enough; how the command ends does not depend on that.
                Err(_) if reader_left() => Ok(()),
                result => result,
            }
        }
    }
}

/// Writes a file whole or not at all: beside it first, then over it.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut BufWriter<fs::File>) -> Result<()>) -> Result<()> {
    let name = path.file_name().with_context(|| format!("{} names no file to write to", path.display()))?;
    if path.symlink_metadata().is_ok_and(|there| !there.is_file() && !there.is_symlink()) {
        bail!("{} is no ordinary file, and is left as it is", path.display());
    }
    let mut beside = name.to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(beside);
    let attempt = || -> Result<()> {
        let mut file = BufWriter::new(fs::File::create(&beside)?);
        write(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(())
    };
    let result = attempt();
    if result.is_err() {
        let _ = fs::remove_file(&beside); // the first error is the one to tell
    }
    result.with_context(|| format!("cannot write {}", path.display()))
}
