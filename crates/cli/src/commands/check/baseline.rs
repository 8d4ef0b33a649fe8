//! Where a baseline comes from, and where it goes.

use crate::output::{note, write_whole};
use anyhow::{Context, Result};
use std::{fs, io::Write, path::Path};
use viite_check::{Report, baseline::Baseline};
use viite_model::Language;

/// The baseline of a revision, which is judged by the same rules today; or of a file.
pub(super) fn read(text: &str, check: impl FnOnce(u64) -> Result<Report>) -> Result<Baseline> {
    if let Ok(number) = text.parse()
        && !Path::new(text).exists()
    {
        return Ok(Baseline::of(&check(number)?));
    }
    let json = fs::read_to_string(text).with_context(|| format!("the baseline {text} cannot be read"))?;
    Baseline::parse(&json).with_context(|| format!("the baseline {text} cannot be used"))
}

/// Writes what violates. A baseline that is there already loses what was fixed, and takes in what is new only when
/// it may grow.
pub(super) fn write(path: &Path, report: &Report, grow: bool, language: Language) -> Result<()> {
    let next = if path.exists() {
        let text = path.to_string_lossy();
        let old = read(&text, |_| unreachable!("a file that is there is no revision"))?;
        old.next(report, grow).with_context(|| format!("{} is left as it was", path.display()))?
    } else {
        Baseline::of(report)
    };
    write_whole(path, |file| {
        serde_json::to_writer_pretty(&mut *file, &next.to_json())?;
        Ok(writeln!(file)?)
    })?;
    let (path, count) = (path.display(), next.len());
    note(language.of([
        format!("Kirjoitettiin {path}: {count} rikkomusta."),
        format!("Skrev {path}: {count} överträdelser."),
        format!("Wrote {path} with {count} violations."),
    ]));
    Ok(())
}
