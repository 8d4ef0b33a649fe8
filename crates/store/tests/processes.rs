//! Several processes on one repository: killed at any point, waiting for each other, reading meanwhile.
//!
//! A test starts this very program again with `VIITE_TEST_CHILD`, which then runs one of the
//! children below instead of nothing.

use oxrdf::{Literal, NamedNode, Quad};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};
use viite_store::{CommitInfo, Config, Repository, StoreError};

/// What one revision of [`write_forever`] puts in and takes out.
const QUADS_PER_REVISION: u64 = 7;

fn quad(revision: u64, part: u64) -> Quad {
    let node = |name: String| NamedNode::new_unchecked(format!("http://example.org/{name}"));
    Quad::new(
        node(format!("revision/{revision}")),
        node("part".into()),
        Literal::from(part),
        node(format!("graph/{}", revision % 3)),
    )
}

fn child(task: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_process", "--nocapture"])
        .env("VIITE_TEST_CHILD", task)
        .env("VIITE_TEST_FOLDER", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The child's side: no test of its own.
#[test]
fn child_process() {
    let Ok(task) = std::env::var("VIITE_TEST_CHILD") else { return };
    let folder = std::env::var("VIITE_TEST_FOLDER").unwrap();
    let repository = Repository::open(Path::new(&folder)).unwrap();
    match task.as_str() {
        "write" => write_forever(&repository),
        "hold" => {
            let _writer = repository.write(Duration::from_secs(5)).unwrap();
            println!("\nholding");
            std::thread::sleep(Duration::from_secs(60));
        }
        other => panic!("no such task: {other}"),
    }
}

/// Revision n adds its quads and removes those of revision n - 1.
fn write_forever(repository: &Repository) {
    loop {
        let mut writer = repository.write(Duration::from_secs(5)).unwrap();
        let number = repository.head().unwrap().map_or(1, |head| head.number + 1);
        for part in 0..QUADS_PER_REVISION {
            writer.insert(&quad(number, part));
            if number > 1 {
                writer.remove(&quad(number - 1, part));
            }
        }
        writer.archive(format!("{number}.txt"), number.to_string().as_bytes()).unwrap();
        let revision = writer.commit(&CommitInfo::by_user("series")).unwrap().unwrap();
        println!("\nacknowledged {}", revision.number);
    }
}

/// A sequence that looks random and is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

#[test]
fn a_killed_writer_loses_no_acknowledged_revision_and_leaves_no_half_one() {
    let folder = tempfile::tempdir().unwrap();
    drop(Repository::init(folder.path(), &Config::default()).unwrap());
    let mut dice = Dice(0x5EED_CAFE);
    let mut acknowledged = 0;
    for round in 0..60 {
        let mut writer = child("write", folder.path());
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines();
        // Kill it some time after it has acknowledged some revisions: in the middle of the next one.
        let reader = std::thread::spawn(move || {
            let numbers =
                lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("acknowledged ")?.parse().ok());
            numbers.last()
        });
        std::thread::sleep(Duration::from_millis(30 + dice.roll(120)) + Duration::from_micros(dice.roll(1000)));
        writer.kill().unwrap(); // SIGKILL
        writer.wait().unwrap();
        acknowledged = reader.join().unwrap().unwrap_or(acknowledged).max(acknowledged);

        let repository = Repository::open(folder.path()).unwrap();
        let last = repository.head().unwrap().map_or(0, |head| head.number);
        assert!(last >= acknowledged, "round {round}: {acknowledged} was acknowledged, {last} is there");
        let snapshot = repository.snapshot().unwrap();
        let expected = if last == 0 { 0 } else { QUADS_PER_REVISION };
        assert_eq!(snapshot.len() as u64, expected, "round {round}: a half revision is visible");
        assert!((0..expected).all(|part| snapshot.contains(quad(last, part).as_ref())));
        let log = repository.log().unwrap(); // checks the chain
        assert_eq!(log.len() as u64, last);
        if round % 10 == 9 {
            let found = repository.verify().unwrap();
            assert!(found.is_sound(), "round {round}: {:?}", found.problems);
        }
    }
    assert!(acknowledged > 60, "the writers hardly wrote: {acknowledged}");
}

#[test]
fn the_second_writer_waits_a_bounded_time_and_says_who_holds_the_repository() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::init(folder.path(), &Config::default()).unwrap();
    let mut holder = child("hold", folder.path());
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "holding"));

    match repository.write(Duration::from_millis(200)).map(|_| ()) {
        Err(StoreError::Locked { holder: who, waited }) => {
            assert!(who.contains(&holder.id().to_string()), "{who}");
            assert!(waited >= Duration::from_millis(200));
        }
        other => panic!("{other:?}"),
    }
    assert!(repository.snapshot().unwrap().is_empty(), "reading goes on meanwhile");

    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(repository.write(Duration::from_secs(5)).is_ok(), "a dead holder holds nothing");
}

#[test]
fn readers_see_whole_states_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::init(folder.path(), &Config::default()).unwrap();
    let mut writer = child("write", folder.path());
    let mut seen = 0;
    while seen < 20 {
        let before = repository.head().unwrap().map_or(0, |head| head.number);
        let snapshot = repository.snapshot().unwrap();
        if !snapshot.is_empty() {
            assert_eq!(snapshot.len() as u64, QUADS_PER_REVISION);
            let graphs = snapshot.graph_names().count();
            assert_eq!(graphs, 1, "quads of two revisions at once");
        }
        seen = seen.max(before);
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
}
