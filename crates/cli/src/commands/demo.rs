//! `viite demo`

use crate::{
    Ending,
    args::{DemoArgs, Format, ImportArgs},
    commands::{import, init, region},
    output::{color, finish, note, results},
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use std::{fs, io::Write, path::Path, time::Duration};
use viite_check::{CheckOptions, Rule, engine, report::TextOptions};
use viite_model::{Language, State};
use viite_store::{Config, Repository};

/// File name and bytes of every example.
static EXAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// An invented region, and the files that describe it.
struct Example {
    code: &'static str,
    name: &'static str,
    language: Language,
    files: &'static [&'static str],
}

const REGIONS: [Example; 2] = [
    Example { code: "X1", name: "Kuvitteellinen Suolavuori", language: Language::Fi, files: &["suolavuori.xml"] },
    Example { code: "X2", name: "Påhittade Tuulisalmi", language: Language::Sv, files: &["tuulisalmi.archimate"] },
];

/// Tells an earlier demonstration from a repository that somebody works in.
const MARK: &str = ".viite-demo";

pub(crate) fn run(session: &Session, args: &DemoArgs) -> Result<Ending> {
    let dir = &args.dir;
    clear(dir)?;
    let loaded = init::make(session, dir, &Config::default())?;
    let shown = dir.display();
    note(format_args!(
        "Made a repository in {shown}: the national reference, {} packages, {} facts.",
        loaded.packages, loaded.facts
    ));
    fs::write(dir.join(MARK), "Made by 'viite demo', which may replace it.\n")
        .with_context(|| format!("cannot write into {shown}"))?;

    let session = session.within(dir.clone());
    let repository = session.open()?;
    let models = dir.join("models");
    fs::create_dir_all(&models).with_context(|| format!("cannot write into {shown}"))?;
    for example in &REGIONS {
        region::insert(&session, &repository, example.code, example.name, example.language)?;
        let files = example
            .files
            .iter()
            .map(|name| {
                let bytes = EXAMPLES
                    .iter()
                    .find(|(file, _)| file == name)
                    .with_context(|| format!("this program carries no example {name}"))?
                    .1;
                let path = models.join(name);
                fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
                Ok(path)
            })
            .collect::<Result<_>>()?;
        let imported = import::import(
            &session,
            &repository,
            &ImportArgs {
                files,
                region: example.code.to_owned(),
                state: State::Current,
                dry_run: false,
                format: Format::Text,
            },
        )?;
        note(format_args!(
            "Imported {} ({}), an invented region, from {}: {} elements, {} relationships, {} facts.",
            example.name,
            example.code,
            example.files.join(", "),
            imported.elements,
            imported.relationships,
            imported.triples
        ));
    }
    note("");
    summarise(&session, &repository, dir)?;
    Ok(Ending::Good)
}

/// Takes an earlier demonstration away; refuses where there is anything else.
fn clear(dir: &Path) -> Result<()> {
    let shown = dir.display();
    if !dir.exists() || fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none()) {
        return Ok(());
    }
    if !dir.join(MARK).is_file() {
        bail!("{shown} is there already and is no earlier demonstration; name another folder: viite demo DIR");
    }
    for entry in [".viite", "models"] {
        let path = dir.join(entry);
        if path.exists() {
            fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Checks everything, and tells what a person wants to know of it.
fn summarise(session: &Session, repository: &Repository, dir: &Path) -> Result<()> {
    let library = Session::library(repository)?;
    let rules: Vec<&Rule> = library.rules().filter(|rule| engine::runs_by_default(rule)).collect();
    let report = viite_check::check(
        &repository.snapshot()?,
        &names(repository)?,
        &rules,
        &CheckOptions {
            language: session.language,
            today: today(),
            regions: Vec::new(),
            timeout: Duration::from_secs(60),
        },
    );
    let mut out = results();
    let options = TextOptions { color: color(), limit: None };
    report.write_summary(&options, &mut out)?;
    if let Some(failure) = report.failures.first() {
        bail!("rule {} failed: {}", failure.rule, failure.error);
    }
    let rule = report.findings.first().map_or("ID", |finding| finding.rule.as_str());
    writeln!(
        out,
        "\nWhat to try next\n\
         \x20 cd {dir}\n\
         \x20 viite check --region {first}                      every finding, with its place in the file\n\
         \x20 viite rule {rule}\n\
         \x20                                           why a rule is there, and what to do about a finding\n\
         \x20 viite show s4:G8                          a guideline, and what refers to it\n\
         \x20 viite query 'SELECT ?system ?function {{ ?system a viite:InformationSystem ; viite:function ?function }}'\n\
         \x20 viite import models/{file} --region {first} --dry-run   after a change to the file: what would change\n\
         \x20 viite log                                 who changed what, and when",
        dir = dir.display(),
        first = REGIONS[0].code,
        file = REGIONS[0].files[0],
    )?;
    finish(out)
}
