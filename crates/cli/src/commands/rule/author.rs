//! `viite rule new`, `viite rule test` and `viite rule lint`: for those who write rules.

use crate::{
    Ending,
    output::{finish, results, write_whole},
    reference,
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum, ValueHint};
use oxrdf::Quad;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use viite_check::{
    CheckOptions, Library, Rule, RuleScope, cases, library, lint,
    rule::{RuleError, starter, switched_off},
};
use viite_model::{Names, ns};
use viite_store::Snapshot;

/// Write a rule and its cases to start from
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite rule new kanta/G06-own-archive --clause s4:G6
  viite rule new own/house-style --clause s0:P5 --scope repository")]
pub(crate) struct NewArgs {
    /// The family and the identifier: FAMILY/ID
    #[arg(value_name = "FAMILY/ID")]
    pub(crate) name: String,
    /// The clause that it rests on
    #[arg(long, value_name = "CLAUSE")]
    pub(crate) clause: String,
    /// Where it looks
    #[arg(long, value_enum, default_value_t)]
    pub(crate) scope: Scope,
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scope {
    /// Every region and state by itself
    #[default]
    Region,
    /// Everything at once
    Repository,
    /// The national reference alone
    Reference,
}

/// Try the rules of a folder on the cases beside them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite rule test
  viite rule test queries/checks/own")]
pub(crate) struct TestArgs {
    /// The folder; without it, the repository's queries/checks
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
}

/// Tell what is wrong with the rules of a folder, and what is doubtful
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite rule lint
  viite rule lint queries/checks/own")]
pub(crate) struct LintArgs {
    /// The folder; without it, the repository's queries/checks
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) folder: Option<PathBuf>,
}

pub(super) fn new(session: &Session, args: &NewArgs) -> Result<Ending> {
    let plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let Some((family, id)) = args.name.split_once('/').filter(|(family, id)| plain(family) && plain(id)) else {
        bail!("'{}' is no name of a rule: write FAMILY/ID, of letters, digits and hyphens", args.name);
    };
    if ns::expand(&args.clause).is_none() {
        bail!("'{}' is no clause: write one such as s4:G8 or s0:P1.4", args.clause);
    }
    let repository = session.open()?;
    let clause = ns::expand(&args.clause).and_then(|iri| oxrdf::NamedNode::new(iri).ok());
    if clause.is_none_or(|clause| repository.snapshot().is_ok_and(|held| held.term_id(clause.as_ref()).is_none())) {
        bail!(
            "the clause {} is in no source document: 'viite show s4:G8' shows one that is, with its parts",
            args.clause
        );
    }
    let scope = match args.scope {
        Scope::Region => RuleScope::Region,
        Scope::Repository => RuleScope::Repository,
        Scope::Reference => RuleScope::Reference,
    };
    let folder = repository.root().join("queries/checks").join(family);
    let (rule, cases) = (folder.join(format!("{id}.rq")), folder.join(format!("{id}.cases.trig")));
    for path in [&rule, &cases] {
        if path.exists() {
            bail!("{} is there already, and is left as it is", path.display());
        }
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let (rule_text, case_text) = starter(id, &args.clause, scope);
    for (path, text) in [(&cases, case_text), (&rule, rule_text)] {
        write_whole(path, |file| Ok(file.write_all(text.as_bytes())?))?;
    }
    let mut out = results();
    writeln!(out, "{}\n{}", rule.display(), cases.display())?;
    writeln!(out, "Change them, then try 'viite rule test' and 'viite rule lint'.")?;
    finish(out)?;
    Ok(Ending::Good)
}

pub(super) fn test(session: &Session, args: &TestArgs) -> Result<Ending> {
    let files = files(session, args.folder.as_deref())?;
    let reference = Snapshot::from_quads(reference_quads()?)?;
    let options = CheckOptions::new(session.language, today());
    let mut out = results();
    let (mut tried, mut failed) = (0, 0);
    for path in &files {
        let file = path.to_string_lossy();
        let source = fs::read_to_string(path).with_context(|| format!("cannot read {file}"))?;
        if switched_off(&file, &source)?.is_some() {
            continue;
        }
        let rule = Rule::parse(&file, &source)?;
        let beside = path.with_extension("cases.trig");
        let Ok(text) = fs::read_to_string(&beside) else {
            writeln!(out, "✗ {}: it has no cases; write {}", rule.id, beside.display())?;
            failed += 1;
            continue;
        };
        let cases = cases::parse(&text).with_context(|| format!("{} cannot be used", beside.display()))?;
        for kind in cases::missing_kinds(&cases) {
            writeln!(out, "✗ {}: {} has no case:{kind}", rule.id, beside.display())?;
            failed += 1;
        }
        for case in &cases {
            tried += 1;
            if let Err(error) = cases::run(&rule, case, &reference, &options) {
                writeln!(out, "✗ {}: {error}", rule.id)?;
                failed += 1;
            }
        }
    }
    writeln!(out, "{}, {}, {}", count(files.len(), "rule"), count(tried, "case") + " tried", count(failed, "fault"))?;
    finish(out)?;
    Ok(if failed > 0 { Ending::Findings } else { Ending::Good })
}

pub(super) fn lint(session: &Session, args: &LintArgs) -> Result<Ending> {
    let files = files(session, args.folder.as_deref())?;
    // With the facts at hand the plan can be judged; without a repository, the vocabulary and the reference.
    let (snapshot, names) = match session.open() {
        Ok(repository) => (repository.snapshot()?, names(&repository)?),
        Err(_) if !session.names_repository() => {
            (Arc::new(Snapshot::from_quads(reference_quads()?)?), Names::new(Names::DEFAULT_BASE)?)
        }
        Err(error) => return Err(error),
    };
    let options = CheckOptions::new(session.language, today());
    let mut out = results();
    let mut found = 0;
    for path in &files {
        let file = path.to_string_lossy();
        let source = fs::read_to_string(path).with_context(|| format!("cannot read {file}"))?;
        let doubts = match (switched_off(&file, &source), Rule::parse(&file, &source)) {
            (Ok(Some(off)), _) => unknown(&file, &off, &source)?.into_iter().collect(),
            (Err(fault), _) | (_, Err(fault)) => vec![fault],
            (_, Ok(rule)) => lint::lint(&rule, &snapshot, &names, &options),
        };
        found += doubts.len();
        for doubt in doubts {
            writeln!(out, "{doubt}")?;
        }
    }
    writeln!(out, "{}, {}", count(files.len(), "rule"), count(found, "remark"))?;
    finish(out)?;
    Ok(if found > 0 { Ending::Findings } else { Ending::Good })
}

/// A rule that a file switches off and that does not exist.
fn unknown(file: &str, off: &str, source: &str) -> Result<Option<RuleError>> {
    let Err(error) = Library::shipped()?.rule(off) else { return Ok(None) };
    let line = source.lines().position(|line| line.contains("id:")).map_or(1, |index| index + 1);
    Ok(Some(RuleError { file: file.to_owned(), line, what: format!("it switches off nothing: {error}") }))
}

/// `1 rule`, `3 rules`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The rule files of the folder that was named, or of the repository.
fn files(session: &Session, folder: Option<&Path>) -> Result<Vec<PathBuf>> {
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => session.open()?.root().join("queries/checks"),
    };
    if !folder.is_dir() {
        bail!("{} is no folder; 'viite rule new FAMILY/ID --clause CLAUSE' writes a first rule", folder.display());
    }
    Ok(library::rule_files(&folder)?)
}

fn reference_quads() -> Result<Vec<Quad>> {
    let packages = reference::packages()?;
    Ok(packages
        .into_iter()
        .flat_map(|package| {
            let graph = package.graph();
            package.triples.into_iter().map(move |triple| triple.in_graph(graph.clone()))
        })
        .collect())
}
