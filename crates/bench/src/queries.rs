//! Rule-like queries, side by side with Oxigraph's memory store.

use anyhow::{Context, Result, bail};
use oxigraph::{
    io::RdfFormat,
    sparql::{CancellationToken, QueryResults, SparqlEvaluator},
    store::Store,
};
use std::{
    fs::{self, File},
    io::BufReader,
    path::Path,
    time::{Duration, Instant},
};
use viite_model::ns::PREFIXES;
use viite_query::{Answer, QueryOptions, prepare};
use viite_store::{CommitInfo, Config, Repository, Snapshot};

/// Name and text of each query, in order.
const QUERIES: &[(&str, &str)] = &[
    ("missing property, NOT EXISTS", include_str!("../queries/01-missing-property.rq")),
    ("two patterns in NOT EXISTS", include_str!("../queries/02-two-patterns-in-not-exists.rq")),
    ("MINUS", include_str!("../queries/03-minus.rq")),
    ("duplicate key, GROUP BY", include_str!("../queries/04-duplicate-key-by-group.rq")),
    ("duplicate key, self-join", include_str!("../queries/05-duplicate-key-by-join.rq")),
    ("shared function in a region", include_str!("../queries/06-shared-function.rq")),
    ("two-hop typed join", include_str!("../queries/07-two-hops.rq")),
    ("`p+` from a constant", include_str!("../queries/08-parts-of-a-constant.rq")),
    ("rare predicate written last", include_str!("../queries/09-rare-predicate-last.rq")),
    ("DISTINCT over the union", include_str!("../queries/10-distinct-objects.rq")),
];

/// How long the peer may take for one query.
const PATIENCE: Duration = Duration::from_secs(60);

/// The middle of so many runs, after one that does not count.
const RUNS: usize = 3;

/// Loads the nation into both stores and runs every query in both.
pub(crate) fn report(nation: &Path, work: &Path, only: Option<&str>, without_peer: bool) -> Result<()> {
    let repository = load(nation, &work.join("queries"))?;
    let snapshot = repository.snapshot()?;
    let peer = if without_peer { None } else { Some(load_peer(nation)?) };
    println!("\n## Queries, {} quads (ms, median of {RUNS} warm runs; rows found)\n", snapshot.len());
    println!("| query | rows | Viite | Oxigraph memory | times faster |\n|---|--:|--:|--:|--:|");
    for (name, text) in QUERIES {
        if only.is_some_and(|only| !name.contains(only)) {
            continue;
        }
        let (rows, ours) = measure(|| answer(&snapshot, text))?;
        let Some(peer) = &peer else {
            println!("| {name} | {rows} | {:.2} | | |", ours.as_secs_f64() * 1e3);
            continue;
        };
        let query = peer_query(text);
        let Some((peer_rows, theirs)) = measure_peer(peer, &query)? else {
            let times = PATIENCE.as_secs_f64() / ours.as_secs_f64();
            println!(
                "| {name} | {rows} | {:.2} | gave up after {} | more than {times:.0} |",
                ours.as_secs_f64() * 1e3,
                PATIENCE.as_millis()
            );
            continue;
        };
        // A union default graph of the peer counts a triple once for each of its graphs.
        let remark = if rows == peer_rows { String::new() } else { format!(" (peer: {peer_rows})") };
        println!(
            "| {name} | {rows}{remark} | {:.2} | {:.2} | {:.1} |",
            ours.as_secs_f64() * 1e3,
            theirs.as_secs_f64() * 1e3,
            theirs.as_secs_f64() / ours.as_secs_f64(),
        );
    }
    Ok(())
}

fn load(nation: &Path, folder: &Path) -> Result<Repository> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let start = Instant::now();
    let repository = Repository::init(folder, &Config::default())?;
    let mut writer = repository.write(Duration::from_secs(1))?;
    writer.load_nquads(&fs::read(nation)?)?;
    writer.commit(&CommitInfo::by_user("load"))?.context("nothing was loaded")?;
    eprintln!("loaded into Viite in {:.1?}", start.elapsed());
    Ok(repository)
}

fn load_peer(nation: &Path) -> Result<Store> {
    let start = Instant::now();
    let store = Store::new()?;
    let mut loader = store.bulk_loader();
    loader.load_from_reader(RdfFormat::NQuads, BufReader::new(File::open(nation)?))?;
    loader.commit()?;
    eprintln!("loaded into Oxigraph's memory store in {:.1?}", start.elapsed());
    Ok(store)
}

fn measure(mut run: impl FnMut() -> Result<u64>) -> Result<(u64, Duration)> {
    let rows = run()?;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        if run()? != rows {
            bail!("the same query found a different number of rows");
        }
        times.push(start.elapsed());
    }
    times.sort_unstable();
    Ok((rows, times[RUNS / 2]))
}

fn answer(snapshot: &Snapshot, text: &str) -> Result<u64> {
    let query = prepare(text)?;
    match query.run(snapshot, &QueryOptions::default())? {
        Answer::Solutions(solutions) => count(solutions),
        Answer::Boolean(_) | Answer::Graph(_) => bail!("the benchmark has SELECT queries only"),
    }
}

fn peer_query(text: &str) -> String {
    let prefixes = PREFIXES.iter().map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n")).collect::<String>();
    prefixes + text
}

/// None when the peer's patience ended.
fn measure_peer(store: &Store, query: &str) -> Result<Option<(u64, Duration)>> {
    let token = CancellationToken::new();
    let alarm = token.clone();
    let (done, wait) = std::sync::mpsc::channel::<()>();
    let timer = std::thread::spawn(move || {
        // An error is the other end being dropped: the query ended in time.
        if wait.recv_timeout(PATIENCE) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
            alarm.cancel();
        }
    });
    let first = answer_peer(store, query, &token);
    drop(done);
    if timer.join().is_err() || token.is_cancelled() {
        return Ok(None);
    }
    first?;
    measure(|| answer_peer(store, query, &CancellationToken::new())).map(Some)
}

fn answer_peer(store: &Store, text: &str, token: &CancellationToken) -> Result<u64> {
    let mut query = SparqlEvaluator::new().with_cancellation_token(token.clone()).parse_query(text)?;
    query.dataset_mut().set_default_graph_as_union();
    match query.on_store(store).execute()? {
        QueryResults::Solutions(solutions) => count(solutions),
        QueryResults::Boolean(_) | QueryResults::Graph(_) => bail!("the benchmark has SELECT queries only"),
    }
}

fn count<T, E: Into<anyhow::Error>>(solutions: impl Iterator<Item = Result<T, E>>) -> Result<u64> {
    let mut rows = 0;
    for solution in solutions {
        solution.map_err(Into::into)?;
        rows += 1;
    }
    Ok(rows)
}
