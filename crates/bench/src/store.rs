//! Loading, opening, committing.

use crate::process::{peak_memory, run};
use anyhow::{Context, Result, ensure};
use oxrdf::{Literal, NamedNode, Quad};
use oxttl::NQuadsParser;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use viite_store::{CommitInfo, Config, GraphFilter, Pattern, Repository};

/// `oxttl` alone: how fast the file can be read at all.
pub(crate) fn parse(file: &Path) -> Result<()> {
    let text = fs::read(file)?;
    let start = Instant::now();
    let mut quads = 0_u64;
    for quad in NQuadsParser::new().for_slice(&text) {
        quad?;
        quads += 1;
    }
    print!("{quads} {}", start.elapsed().as_secs_f64());
    Ok(())
}

/// From the bytes of the file to a committed state that answers.
pub(crate) fn load(file: &Path, folder: &Path) -> Result<()> {
    let text = fs::read(file)?;
    let start = Instant::now();
    let repository = Repository::init(folder, &Config::default())?;
    let mut writer = repository.write(Duration::from_secs(1))?;
    writer.load_nquads(&text)?;
    let parsed = start.elapsed();
    writer.archive(file.file_name().unwrap_or_default().to_string_lossy(), &text)?;
    let archived = start.elapsed();
    let revision = writer.commit(&CommitInfo::by_user("load"))?.context("nothing was loaded")?;
    let committed = start.elapsed();
    let quads = repository.snapshot()?.len();
    ensure!(revision.added == quads as u64);
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("    parsed and numbered {parsed:.2?}, archived {archived:.2?}, committed {committed:.2?}");
    print!("{quads} {seconds} {}", peak_memory());
    Ok(())
}

/// Opens a repository and looks one thing up.
pub(crate) fn point(folder: &Path) -> Result<()> {
    let start = Instant::now();
    let snapshot = Repository::open(folder)?.snapshot()?;
    let system = NamedNode::new("https://example.org/region/X07/system-11")?;
    let subject = Some(snapshot.term_id(&system).context("no such system")?);
    let pattern = Pattern { subject, predicate: None, object: None, graph: GraphFilter::Union };
    let found = snapshot.count(&pattern);
    ensure!(found > 0);
    print!("{} {}", start.elapsed().as_secs_f64(), peak_memory());
    Ok(())
}

/// Changes one fact, in a process that has just started, and sees it.
pub(crate) fn commit(folder: &Path, value: &str) -> Result<()> {
    let start = Instant::now();
    let repository = Repository::open(folder)?;
    let mut writer = repository.write(Duration::from_secs(1))?;
    let quad = Quad::new(
        NamedNode::new("https://example.org/region/X07/system-11")?,
        NamedNode::new("http://purl.org/dc/terms/description")?,
        Literal::from(value),
        NamedNode::new("https://example.org/graph/region/X07/current/model.xml")?,
    );
    writer.insert(&quad);
    writer.commit(&CommitInfo::by_user("one fact"))?.context("nothing changed")?;
    ensure!(repository.snapshot()?.contains(quad.as_ref()));
    print!("{} {}", start.elapsed().as_secs_f64(), peak_memory());
    Ok(())
}

fn numbers(text: &str) -> Result<Vec<f64>> {
    text.split_whitespace().map(|word| Ok(word.parse()?)).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// All of the above on one nation, each in processes of its own.
pub(crate) fn report(nation: &Path, work: &Path) -> Result<()> {
    const RUNS: usize = 3;
    let file = nation.to_str().context("the path is not UTF-8")?;
    let folder = work.join("repository");
    let folder_text = folder.to_str().context("the path is not UTF-8")?;
    let (mut parses, mut loads, mut peak, mut quads) = (Vec::new(), Vec::new(), 0.0_f64, 0.0);
    for _ in 0..RUNS {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        let parsed = numbers(&run(&["parse", file])?.output)?;
        let loaded = numbers(&run(&["load", file, folder_text])?.output)?;
        quads = loaded[0];
        parses.push(parsed[1]);
        loads.push(loaded[1]);
        peak = peak.max(loaded[2]);
    }
    let (parse, load) = (median(parses), median(loads));
    let input = fs::metadata(nation)?.len() as f64;
    let log = fs::metadata(folder.join(".viite/log.sqlite"))?.len() as f64
        + fs::metadata(folder.join(".viite/log.sqlite-wal")).map_or(0.0, |data| data.len() as f64);
    let snapshot = Repository::open(&folder)?.snapshot()?.byte_len() as f64;
    println!("\n## Store, {quads:.0} quads (median of {RUNS}, each in a process of its own)\n");
    println!("| what | figure |\n|---|---|");
    println!("| bare parsing by oxttl | {parse:.2} s, {:.0} ns per quad |", parse / quads * 1e9);
    println!("| N-Quads to a committed, readable state | {load:.2} s, {:.0} ns per quad |", load / quads * 1e9);
    println!("| speed of loading / speed of bare parsing | {:.2} |", parse / load);
    println!("| peak memory of loading | {:.0} bytes per quad ({:.0} MB) |", peak / quads, peak / 1e6);
    println!("| input file | {:.0} bytes per quad |", input / quads);
    println!("| snapshot | {:.1} bytes per quad ({:.0} MB) |", snapshot / quads, snapshot / 1e6);
    println!("| revision log with the archived file | {:.1} bytes per quad ({:.0} MB) |", log / quads, log / 1e6);

    let (mut opens, mut walls, mut commits, mut memory) = (Vec::new(), Vec::new(), Vec::new(), 0.0);
    for number in 0..5 {
        let point = run(&["point", folder_text])?;
        let figures = numbers(&point.output)?;
        opens.push(figures[0]);
        memory = figures[1];
        walls.push(point.wall.as_secs_f64());
        commits.push(numbers(&run(&["commit", folder_text, &format!("fact {number}")])?.output)?[0]);
    }
    println!("| open and answer a point query | {:.2} ms, {:.1} MB |", median(opens) * 1e3, memory / 1e6);
    println!("| the same with the start of the process | {:.1} ms |", median(walls) * 1e3);
    println!("| change one fact and see it, from a new process | {:.2} s |", median(commits));
    Ok(())
}
