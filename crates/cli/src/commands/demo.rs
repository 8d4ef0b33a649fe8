//! `viite demo`

use crate::{
    Ending,
    args::Format,
    commands::import::ImportArgs,
    commands::{
        describe::{self, DescribeArgs},
        import, init,
        region::{self, NewRegion, RegionKind},
        review::{self, ReviewArgs},
    },
    output::{color, finish, note, results},
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};
use viite_check::{CheckOptions, Rule, engine, report::TextOptions};
use viite_model::{Language, Outcome, State};
use viite_store::{Config, Repository};

/// File name and bytes of every example.
static EXAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// An invented region, and what describes it.
struct Example {
    code: &'static str,
    name: &'static str,
    language: Language,
    /// Among the examples; a folder stands for the tables in it.
    file: &'static str,
}

const REGIONS: [Example; 3] = [
    Example { code: "X1", name: "Kuvitteellinen Suolavuori", language: Language::Fi, file: "suolavuori.xml" },
    Example { code: "X2", name: "Påhittade Tuulisalmi", language: Language::Sv, file: "tuulisalmi.archimate" },
    Example { code: "X3", name: "Kuvitteellinen Harmaanniemi", language: Language::Fi, file: "harmaanniemi" },
];

/// The folder of what a person can open.
const DOCUMENTS: &str = "documents";

/// How long one rule or product may take.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Tells an earlier demonstration from a repository that somebody works in.
const MARK: &str = ".viite-demo";

/// Make a repository with invented regions, check it, and tell what was found
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite demo
  viite demo /tmp/try --lang fi

An earlier demonstration in the same folder is replaced; nothing else ever is.")]
pub(crate) struct DemoArgs {
    /// The folder
    #[arg(default_value = "viite-demo", value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
}

pub(crate) fn run(session: &Session, args: &DemoArgs) -> Result<Ending> {
    let dir = &args.dir;
    clear(dir)?;
    let loaded = init::make(session, dir, &Config::default())?;
    let shown = dir.display();
    let (packages, facts) = (loaded.packages, loaded.facts);
    note(session.language.of([
        format!("Luotiin tietovarasto kansioon {shown}: kansallinen viite, {packages} pakettia, {facts} tietoa."),
        format!("Skapade ett förråd i {shown}: den nationella referensen, {packages} paket, {facts} uppgifter."),
        format!("Made a repository in {shown}: the national reference, {packages} packages, {facts} facts."),
    ]));
    fs::write(dir.join(MARK), "Made by 'viite demo', which may replace it.\n")
        .with_context(|| format!("cannot write into {shown}"))?;

    let session = session.within(dir.clone());
    let repository = session.open()?;
    let models = dir.join("models");
    fs::create_dir_all(&models).with_context(|| format!("cannot write into {shown}"))?;
    for example in &REGIONS {
        let (code, name, language) = (example.code, example.name, example.language);
        let region = NewRegion { code, name, language, kind: Some(RegionKind::County), area: None };
        region::insert(&session, &repository, region)?;
        let files = vec![unpack(example.file, &models)?];
        let imported = import::import(
            &session,
            &repository,
            &ImportArgs {
                same_names: false,
                withdraw: false,
                text_lang: None,
                files,
                region: example.code.to_owned(),
                state: State::Current,
                mapping: None,
                known_as: None,
                replace: false,
                strict: false,
                dry_run: false,
                format: Format::Text,
            },
        )?;
        let Example { code, name, file, .. } = example;
        let (elements, relationships, facts) = (imported.elements, imported.relationships, imported.triples);
        note(session.language.of([
            format!(
                "Tuotiin {name} ({code}), keksitty alue, tiedostosta {file}: {elements} elementtiä, {relationships} suhdetta, {facts} tietoa."
            ),
            format!(
                "Importerade {name} ({code}), en påhittad region, från {file}: {elements} element, {relationships} relationer, {facts} uppgifter."
            ),
            format!(
                "Imported {name} ({code}), an invented region, from {file}: {elements} elements, {relationships} relationships, {facts} facts."
            ),
        ]));
    }
    note("");
    summarise(&session, &repository, dir)?;
    documents(&session, dir)?;
    Ok(Ending::Good)
}

/// Writes an example, or a folder of them, where a person can look at it and change it.
fn unpack(name: &str, folder: &Path) -> Result<PathBuf> {
    let mut found = false;
    for (file, bytes) in EXAMPLES {
        if *file != name && !file.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')) {
            continue;
        }
        found = true;
        let path = folder.join(file);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            fs::write(&path, bytes)
        };
        write().with_context(|| format!("cannot write {}", path.display()))?;
    }
    if !found {
        bail!("this program carries no example {name}"); // a test runs all of them
    }
    Ok(folder.join(name))
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
    for entry in [".viite", "models", DOCUMENTS] {
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
        &CheckOptions::new(session.language, today()),
    );
    let mut out = results();
    let options = TextOptions { color: color(), ..TextOptions::default() };
    report.write_summary(&options, &mut out)?;
    if let Some(failure) = report.failures.first() {
        bail!("rule {} failed: {}", failure.rule, failure.error);
    }
    let rule = report
        .findings
        .iter()
        .find(|finding| finding.outcome == Outcome::Violates)
        .map_or("ID", |finding| finding.rule.as_str());
    let first = REGIONS[0].code;
    let tries = [
        (format!("cd {}", dir.display()), ["tietovarastoon", "till förrådet", "into the repository"]),
        (
            format!("viite check --region {first}"),
            [
                "jokainen havainto ja sen paikka tiedostossa",
                "varje iakttagelse och dess plats i filen",
                "every finding, with its place in the file",
            ],
        ),
        (
            format!("viite rule {rule}"),
            [
                "miksi sääntö on olemassa ja mitä havainnolle voi tehdä",
                "varför en regel finns och vad man gör åt en iakttagelse",
                "why a rule is there, and what to do about a finding",
            ],
        ),
        (
            "viite show s4:G8".to_owned(),
            [
                "linjaus ja mikä siihen viittaa",
                "en riktlinje och vad som hänvisar till den",
                "a guideline, and what refers to it",
            ],
        ),
        (
            "viite ask".to_owned(),
            [
                "viitteen mukana tulevat kysymykset, nimeltä kysyttäviksi",
                "frågor som följer med referensen, att ställa vid namn",
                "questions that come with the reference, to be asked by name",
            ],
        ),
        (
            "viite query 'SELECT * { ?s viite:function ?f }'".to_owned(),
            ["mitä tahansa muuta, SPARQLilla", "allt annat, i SPARQL", "anything else, in SPARQL"],
        ),
        (
            format!("viite import models/{} --region {first} --dry-run", REGIONS[0].file),
            [
                "kun tiedostoa on muutettu: mikä muuttuisi",
                "när filen har ändrats: vad som skulle ändras",
                "after a change to the file: what would change",
            ],
        ),
        (
            format!("viite compare {first} {}", REGIONS[2].code),
            [
                "mitä yhdellä alueella on, mutta toisella ei",
                "vad en region har som den andra saknar",
                "what one region has that the other lacks",
            ],
        ),
        (
            "viite impact Suolapotilas".to_owned(),
            [
                "mikä riippuu järjestelmästä, suoraan ja muiden kautta",
                "vad som beror på ett system, direkt och genom andra",
                "what depends on a system, directly and through others",
            ],
        ),
        (
            "viite log".to_owned(),
            ["kuka muutti mitä ja milloin", "vem som ändrade vad och när", "who changed what, and when"],
        ),
    ];
    let language = session.language;
    let width = tries.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    writeln!(out, "\n{}", language.of(["Mitä kokeilla seuraavaksi", "Vad du kan prova härnäst", "What to try next"]))?;
    for (command, what) in tries {
        writeln!(out, "  {command:width$}  {}", language.of(what))?;
    }
    finish(out)
}

/// Writes the review and the description of the first region, and says what to open.
fn documents(session: &Session, dir: &Path) -> Result<()> {
    let folder = dir.join(DOCUMENTS);
    fs::create_dir_all(&folder).with_context(|| format!("cannot write into {}", folder.display()))?;
    let first = REGIONS[0].code.to_owned();
    let (reviewed, described) = (folder.join("review.html"), folder.join("description.docx"));
    review::run(
        session,
        &ReviewArgs {
            region: first.clone(),
            since: None,
            at: None,
            limit: 0,
            format: None,
            output: Some(reviewed.clone()),
            timeout: TIMEOUT,
        },
    )?;
    describe::run(
        session,
        &DescribeArgs {
            region: Some(first),
            system: None,
            sector: None,
            view: Vec::new(),
            template: None,
            area: None,
            state: Vec::new(),
            only: Vec::new(),
            format: None,
            output: Some(described.clone()),
            at: None,
            timeout: TIMEOUT,
            products: false,
        },
    )?;
    let mut out = results();
    let (name, language) = (REGIONS[0].name, session.language);
    let [heading, review, description] = language.of([
        [
            "Mitä avata".to_owned(),
            format!("alueen {name} arvio, selaimessa"),
            "sen arkkitehtuurikuvaus, Wordissa".to_owned(),
        ],
        [
            "Vad du kan öppna".to_owned(),
            format!("granskningen av {name}, i en webbläsare"),
            "dess arkitekturbeskrivning, i Word".to_owned(),
        ],
        [
            "What to open".to_owned(),
            format!("the review of {name}, in a browser"),
            "its architecture description, in Word".to_owned(),
        ],
    ]);
    writeln!(out, "\n{heading}")?;
    writeln!(out, "  {}  {review}", reviewed.display())?;
    writeln!(out, "  {}  {description}", described.display())?;
    finish(out)
}
