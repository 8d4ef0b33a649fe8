//! One finding of the repository as it is now, by its identity.

use crate::session::{Session, names, today};
use anyhow::{Result, bail};
use std::sync::Arc;
use viite_check::{CheckOptions, Finding, Library, Report};
use viite_store::{Repository, Snapshot};

/// What all rules say of the newest state, on every region and on the reference.
pub(crate) fn everything(
    session: &Session,
    repository: &Repository,
    library: &Library,
    snapshot: &Arc<Snapshot>,
) -> Result<Report> {
    let rules: Vec<_> = library.rules().collect();
    Ok(viite_check::check(snapshot, &names(repository)?, &rules, &CheckOptions::new(session.language, today())))
}

/// The finding with this identity, or the only one whose identity begins so.
///
/// # Errors
/// When there is none, or several.
pub(crate) fn find<'a>(report: &'a Report, id: &str) -> Result<&'a Finding> {
    let wanted = id.trim().to_lowercase();
    let found: Vec<&Finding> =
        report.findings.iter().filter(|finding| !wanted.is_empty() && finding.id.starts_with(&wanted)).collect();
    match found[..] {
        [finding] => Ok(finding),
        [] => {
            for failure in &report.failures {
                crate::output::note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
            }
            bail!(
                "there is no finding '{id}' now: it may be mended, or its facts may have changed; \
                 'viite check' shows every finding with its identifier in brackets"
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
