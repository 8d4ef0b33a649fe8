//! What a repository promises of its revisions and states.

use oxrdf::{GraphName, Literal, NamedNode, Quad, Triple};
use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};
use viite_store::{CommitInfo, Config, Repository, StoreError};

fn node(name: impl std::fmt::Display) -> NamedNode {
    NamedNode::new_unchecked(format!("http://example.org/{name}"))
}

fn quad(subject: u32, object: &str) -> Quad {
    Quad::new(node(subject), node("says"), Literal::new_simple_literal(object), node("graph"))
}

fn repository() -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::init(folder.path(), &Config::default()).unwrap();
    (folder, repository)
}

fn commit(repository: &Repository, added: &[Quad], removed: &[Quad]) -> Option<u64> {
    let mut writer = repository.write(Duration::from_secs(5)).unwrap();
    for quad in removed {
        writer.remove(quad);
    }
    for quad in added {
        writer.insert(quad);
    }
    let info = CommitInfo { author: "tester".into(), message: "a change".into() };
    writer.commit(&info).unwrap().map(|revision| revision.number)
}

fn state(repository: &Repository, number: u64) -> BTreeSet<String> {
    repository.snapshot_at(number).unwrap().quads().map(|quad| quad.to_string()).collect()
}

fn strings(quads: &[Quad]) -> BTreeSet<String> {
    quads.iter().map(ToString::to_string).collect()
}

fn snapshot_files(repository: &Repository) -> Vec<PathBuf> {
    let folder = repository.root().join(".viite/snapshots");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "snapshot")).collect()
}

#[test]
fn every_state_can_be_had_back_and_differences_lead_from_one_to_the_other() {
    let (_folder, repository) = repository();
    let [a, b, c] = [quad(1, "a"), quad(2, "b"), quad(3, "c")];
    assert_eq!(commit(&repository, &[a.clone(), b.clone()], &[]), Some(1));
    assert_eq!(commit(&repository, std::slice::from_ref(&c), std::slice::from_ref(&a)), Some(2));
    assert_eq!(commit(&repository, std::slice::from_ref(&a), std::slice::from_ref(&b)), Some(3));

    let expected = [vec![], vec![a.clone(), b.clone()], vec![b.clone(), c.clone()], vec![a.clone(), c.clone()]];
    for number in [3, 1, 2, 0, 3] {
        assert_eq!(state(&repository, number), strings(&expected[number as usize]), "revision {number}");
    }
    for (from, to) in [(0, 3), (1, 3), (3, 1), (2, 2)] {
        let changes = repository.diff(from, to).unwrap();
        let mut quads = state(&repository, from);
        for removed in &changes.removed {
            assert!(quads.remove(&removed.to_string()), "{from}..{to} removes what is not there");
        }
        for added in &changes.added {
            assert!(quads.insert(added.to_string()), "{from}..{to} adds what is there");
        }
        assert_eq!(quads, state(&repository, to));
    }
}

#[test]
fn a_change_that_changes_nothing_makes_no_revision() {
    let (_folder, repository) = repository();
    assert_eq!(commit(&repository, &[quad(1, "a")], &[]), Some(1));
    assert_eq!(commit(&repository, &[quad(1, "a")], &[quad(2, "never there")]), None);
    assert_eq!(repository.head().unwrap().unwrap().number, 1);
}

#[test]
fn the_last_change_of_a_quad_wins() {
    let (_folder, repository) = repository();
    let mut writer = repository.write(Duration::ZERO).unwrap();
    writer.insert(&quad(1, "a"));
    writer.remove(&quad(1, "a"));
    writer.remove(&quad(2, "b"));
    writer.insert(&quad(2, "b"));
    assert_eq!(writer.changes().added, [quad(2, "b")]);
    writer.commit(&CommitInfo::by_user("test")).unwrap();
    assert_eq!(state(&repository, 1), strings(&[quad(2, "b")]));
}

#[test]
fn replacing_a_graph_touches_no_other() {
    let (_folder, repository) = repository();
    let other = Quad::new(node(1), node("says"), Literal::from("x"), node("other"));
    commit(&repository, &[quad(1, "old"), quad(1, "kept"), other.clone()], &[]);
    let mut writer = repository.write(Duration::ZERO).unwrap();
    writer.insert(&quad(9, "put in before, by the same writer"));
    let triples = [quad(1, "kept"), quad(1, "new")].map(Triple::from);
    assert_eq!(writer.replace_graph(&node("graph"), triples), (1, 2), "what was put in before goes too");
    let changes = writer.changes();
    assert_eq!((changes.added, changes.removed), (vec![quad(1, "new")], vec![quad(1, "old")]));
    writer.commit(&CommitInfo::by_user("test")).unwrap();
    assert_eq!(state(&repository, 2), strings(&[quad(1, "kept"), quad(1, "new"), other]));
}

#[test]
fn the_state_hash_depends_on_the_quads_and_on_nothing_else() {
    let (_one, first) = repository();
    commit(&first, &[quad(1, "a"), quad(2, "b"), quad(3, "c")], &[]);
    commit(&first, &[], &[quad(3, "c")]);
    let (_two, second) = repository();
    commit(&second, &[quad(2, "b")], &[]);
    commit(&second, &[quad(1, "a")], &[]);
    let states = [&first, &second].map(|repository| repository.head().unwrap().unwrap().state);
    assert_eq!(states[0], states[1]);
    let image = |repository| fs::read(&snapshot_files(repository)[0]).unwrap();
    assert!(image(&first) == image(&second), "one state has one image, however it came about");
}

#[test]
fn a_missing_truncated_or_altered_snapshot_is_built_again() {
    let (folder, repository) = repository();
    let quads = (0..500).map(|number| quad(number, "x")).collect::<Vec<_>>();
    commit(&repository, &quads, &[]);
    let file = snapshot_files(&repository).remove(0);
    let good = fs::read(&file).unwrap();
    drop(repository);

    let mut altered = good.clone();
    altered[good.len() / 3] ^= 1;
    let damages: [(&str, Option<Vec<u8>>); 4] = [
        ("missing", None),
        ("truncated", Some(good[..good.len() / 2].to_vec())),
        ("altered", Some(altered)),
        ("empty", Some(Vec::new())),
    ];
    for (what, damaged) in damages {
        match damaged {
            None => fs::remove_file(&file).unwrap(),
            Some(bytes) => fs::write(&file, bytes).unwrap(),
        }
        let repository = Repository::open(folder.path()).unwrap();
        if file.exists() {
            assert!(!repository.verify().unwrap().is_sound(), "verify does not see a snapshot that is {what}");
        }
        assert_eq!(state(&repository, 1), strings(&quads), "{what}");
        assert!(fs::read(&file).unwrap() == good, "a snapshot that was {what} is not built again");
        assert!(repository.verify().unwrap().is_sound());
    }
}

#[test]
fn an_altered_log_is_named_and_never_used() {
    let alterations = [
        ("UPDATE revision SET message = 'forged' WHERE number = 1", "revision 1"),
        ("UPDATE revision SET author = 'forged' WHERE number = 2", "revision 2"),
        ("UPDATE patch_part SET content = substr(content, 1, length(content) - 1) WHERE revision = 1", "revision 1"),
        ("UPDATE patch_part SET adds = 1 - adds WHERE revision = 2", "revision 2"),
        ("DELETE FROM patch_part WHERE revision = 1", "revision 1"),
        ("DELETE FROM patch_part WHERE revision = 2; DELETE FROM revision WHERE number = 2", "revision log"),
        ("UPDATE file_part SET content = x'00'", "file "),
    ];
    for (alteration, place) in alterations {
        let (folder, repository) = repository();
        let mut writer = repository.write(Duration::ZERO).unwrap();
        writer.insert(&quad(1, "a"));
        writer.archive("a.csv", b"the file's bytes").unwrap();
        writer.commit(&CommitInfo::by_user("first")).unwrap();
        commit(&repository, &[quad(2, "b")], &[]);
        drop(repository);
        let database = rusqlite::Connection::open(folder.path().join(".viite/log.sqlite")).unwrap();
        database.pragma_update(None, "foreign_keys", false).unwrap();
        database.execute_batch(alteration).unwrap();
        drop(database);
        for snapshot in fs::read_dir(folder.path().join(".viite/snapshots")).unwrap() {
            fs::remove_file(snapshot.unwrap().path()).unwrap();
        }

        let repository = Repository::open(folder.path()).unwrap();
        let found = repository.verify().unwrap();
        let named = found.problems.iter().any(|problem| problem.place.starts_with(place));
        assert!(named, "{alteration}: verify says {:?}", found.problems);
        if place.starts_with("file") {
            let file = &repository.revision(1).unwrap().sources[0];
            assert!(repository.source(file).is_err());
        } else {
            let error = repository.snapshot().map(|_| ()).unwrap_err();
            assert!(matches!(error, StoreError::Altered { .. }), "{alteration}: {error}");
        }
    }
}

#[test]
fn an_archived_file_comes_back_byte_for_byte() {
    let (_folder, repository) = repository();
    let bytes = (0..5_000_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>();
    let mut writer = repository.write(Duration::ZERO).unwrap();
    writer.insert(&quad(1, "a"));
    writer.archive("model.xml", &bytes).unwrap();
    writer.archive("empty.csv", b"").unwrap();
    let revision = writer.commit(&CommitInfo::by_user("test")).unwrap().unwrap();
    assert!(repository.source(&revision.sources[0]).unwrap() == bytes);
    assert!(repository.source(&revision.sources[1]).unwrap().is_empty());
}

#[test]
fn nquads_that_are_none_name_the_place_and_change_nothing() {
    let (_folder, repository) = repository();
    // Long enough to be parsed in several pieces.
    let line = "<http://example.org/s> <http://example.org/p> \"text\" .\n";
    let mut text = line.repeat(60_000);
    text.push_str("<http://example.org/s> <http://example.org/p> unquoted .\n");
    text.push_str(line);
    let mut writer = repository.write(Duration::ZERO).unwrap();
    match writer.load_nquads(text.as_bytes()) {
        Err(StoreError::Syntax { line, column, .. }) => assert_eq!((line, column), (60_001, 47)),
        other => panic!("{other:?}"),
    }
    assert!(writer.commit(&CommitInfo::by_user("test")).unwrap().is_none());
}

#[test]
fn a_bulk_load_adds_to_what_is_there() {
    let (_folder, repository) = repository();
    commit(&repository, &[quad(1, "a"), quad(2, "b")], &[]);
    let mut writer = repository.write(Duration::ZERO).unwrap();
    let text = format!("{} .\n{} .\n", quad(2, "b"), quad(3, "c"));
    writer.load_nquads(text.as_bytes()).unwrap();
    let revision = writer.commit(&CommitInfo::by_user("test")).unwrap().unwrap();
    assert_eq!((revision.added, revision.removed), (1, 0));
    assert_eq!(state(&repository, 2), strings(&[quad(1, "a"), quad(2, "b"), quad(3, "c")]));
}

#[test]
fn a_repository_is_found_from_below_and_not_from_beside() {
    let (folder, repository) = repository();
    let below = folder.path().join("models/2026");
    fs::create_dir_all(&below).unwrap();
    drop(repository);
    assert!(Repository::discover(&below).is_ok());
    let beside = tempfile::tempdir().unwrap();
    assert!(matches!(Repository::discover(beside.path()), Err(StoreError::NotFound(_))));
}

#[test]
fn a_repository_of_a_newer_format_is_refused_by_name() {
    let (folder, repository) = repository();
    drop(repository);
    let database = rusqlite::Connection::open(folder.path().join(".viite/log.sqlite")).unwrap();
    database.execute("UPDATE meta SET value = '99' WHERE key = 'format'", []).unwrap();
    let error = Repository::open(folder.path()).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::NewerFormat { .. }));
    assert!(error.to_string().contains("99"));
}

#[test]
fn init_leaves_an_existing_repository_alone() {
    let (folder, repository) = repository();
    commit(&repository, &[quad(1, "a")], &[]);
    drop(repository);
    assert!(matches!(Repository::init(folder.path(), &Config::default()), Err(StoreError::AlreadyThere(_))));
    assert_eq!(Repository::open(folder.path()).unwrap().snapshot().unwrap().len(), 1);
}

#[test]
fn quads_of_the_default_graph_are_kept_apart() {
    let (_folder, repository) = repository();
    let unnamed = Quad { graph_name: GraphName::DefaultGraph, ..quad(1, "a") };
    commit(&repository, &[quad(1, "a"), unnamed.clone()], &[]);
    commit(&repository, &[], &[quad(1, "a")]);
    assert_eq!(state(&repository, 2), strings(&[unnamed]));
}

#[test]
fn images_of_the_past_do_not_pile_up() {
    let (_folder, repository) = repository();
    for number in 1..=6 {
        commit(&repository, &[quad(number, "x")], &[]);
    }
    for number in 1..=6 {
        assert_eq!(state(&repository, number).len() as u64, number);
    }
    assert!(snapshot_files(&repository).len() <= 2);
}

#[test]
fn revisions_that_were_lost_with_the_write_ahead_file_are_missed() {
    let (folder, repository) = repository();
    commit(&repository, &[quad(1, "a")], &[]);
    let log = folder.path().join(".viite/log.sqlite");
    let before = fs::read(&log).unwrap();
    let wal_before = fs::read(log.with_extension("sqlite-wal")).unwrap_or_default();
    commit(&repository, &[quad(2, "b")], &[]);
    drop(repository);
    fs::write(&log, before).unwrap();
    fs::write(log.with_extension("sqlite-wal"), wal_before).unwrap();

    let repository = Repository::open(folder.path()).unwrap();
    assert_eq!(repository.head().unwrap().map(|head| head.number), Some(1));
    let found = repository.verify().unwrap();
    assert!(found.problems.iter().any(|problem| problem.what.contains("were lost")), "{:?}", found.problems);
}

#[test]
fn nothing_is_written_after_an_altered_or_lost_revision() {
    let (folder, repository) = repository();
    commit(&repository, &[quad(1, "a")], &[]);
    commit(&repository, &[quad(2, "b")], &[]);
    commit(&repository, &[quad(3, "c")], &[]);
    drop(repository);
    let log = folder.path().join(".viite/log.sqlite");
    let good = fs::read(&log).unwrap();
    let database = rusqlite::Connection::open(&log).unwrap();
    database.execute("UPDATE revision SET message = 'forged' WHERE number = 2", []).unwrap();
    drop(database);
    let repository = Repository::open(folder.path()).unwrap();
    let refused = [repository.snapshot().map(|_| ()), repository.write(Duration::ZERO).map(|_| ())];
    for refused in refused {
        assert!(matches!(refused, Err(StoreError::Altered { number: 2, .. })), "{refused:?}");
    }
    drop(repository);

    fs::write(&log, good).unwrap();
    let database = rusqlite::Connection::open(&log).unwrap();
    database.pragma_update(None, "foreign_keys", false).unwrap();
    database
        .execute_batch(
            "DELETE FROM revision WHERE number = 3;
             UPDATE meta SET value = (SELECT id FROM revision WHERE number = 2) WHERE key = 'head'",
        )
        .unwrap();
    drop(database);
    let repository = Repository::open(folder.path()).unwrap();
    let refused = repository.write(Duration::ZERO).map(|_| ());
    assert!(matches!(refused, Err(StoreError::Lost { last: 2 })), "{refused:?}");
}

#[test]
fn a_repository_without_its_log_is_no_place_for_a_new_one() {
    let (folder, repository) = repository();
    drop(repository);
    fs::remove_file(folder.path().join(".viite/log.sqlite")).unwrap();
    assert!(matches!(Repository::discover(folder.path()), Err(StoreError::NoLog(_))));
}
