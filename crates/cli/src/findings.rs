//! One finding of the repository as it is now, by its identity.

use crate::{
    output::note,
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use std::{fs, path::PathBuf, sync::Arc};
use viite_check::{CheckOptions, Finding, Library, Report, shapes::check_shapes};
use viite_shapes::Shapes;
use viite_store::{Repository, Snapshot};

/// What all rules say of the newest state, on every region and on the reference.
pub(crate) fn everything(
    session: &Session,
    repository: &Repository,
    library: &Library,
    shapes: Option<&Shapes>,
    snapshot: &Arc<Snapshot>,
) -> Result<Report> {
    let rules: Vec<_> = library.rules().collect();
    let (names, options) = (names(repository)?, CheckOptions::new(session.language, today()));
    let mut report = viite_check::check(snapshot, &names, &rules, &options);
    if let Some(shapes) = shapes {
        check_shapes(&mut report, shapes, snapshot, &names, &options);
    }
    Ok(report)
}

/// The shapes of these files, which may refer to each other; none without files.
///
/// # Errors
/// When a file cannot be read, or holds no shapes that can be used.
pub(crate) fn read_shapes(files: &[PathBuf]) -> Result<Option<Shapes>> {
    if files.is_empty() {
        return Ok(None);
    }
    let texts = files
        .iter()
        .map(|file| {
            let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            Ok((file.display().to_string(), text))
        })
        .collect::<Result<Vec<_>>>()?;
    let shapes = Shapes::parse_all(texts.iter().map(|(file, text)| (file.as_str(), text.as_str())))?;
    if shapes.is_empty() {
        bail!(
            "there is no SHACL shape in {}",
            texts.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>().join(", ")
        );
    }
    for line in shapes.notes() {
        note(format_args!("viite: not checked: {line}"));
    }
    Ok(Some(shapes))
}

/// Of an identity at least so much must be given: less fits by chance.
const SHORTEST: usize = 4;

/// The text as the beginning of an identity.
///
/// # Errors
/// When it is too short to mean one finding.
pub(crate) fn beginning(id: &str) -> Result<String> {
    let wanted = id.trim().to_lowercase();
    if wanted.chars().count() < SHORTEST {
        bail!("'{id}' is too short: give at least {SHORTEST} characters of the identifier that 'viite check' shows");
    }
    Ok(wanted)
}

/// The finding with this identity, or the only one whose identity begins so.
///
/// # Errors
/// When there is none, or several.
pub(crate) fn find<'a>(report: &'a Report, id: &str) -> Result<&'a Finding> {
    let wanted = beginning(id)?;
    let found: Vec<&Finding> = report.findings.iter().filter(|finding| finding.id.starts_with(&wanted)).collect();
    match found[..] {
        [finding] => Ok(finding),
        [] => {
            for failure in &report.failures {
                note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
            }
            bail!(
                "there is no finding '{id}' now: it may be mended, or its facts may have changed; \
                 'viite check' shows every finding with its identifier in brackets \
                 (one of a SHACL shape needs --shapes FILE)"
            )
        }
        _ => {
            let some: Vec<&str> = found.iter().take(5).map(|finding| finding.id.as_str()).collect();
            bail!(
                "{} findings begin with '{id}', such as {}: give more of the identifier",
                found.len(),
                some.join(", ")
            )
        }
    }
}
