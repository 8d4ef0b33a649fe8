use crate::support::{EXCHANGE, Place};
use std::fs;

#[test]
fn the_version_is_told() {
    let run = Place::empty().viite(&["--version"]).good();
    assert_eq!(run.stdout, format!("viite {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_lists_every_command_and_every_command_has_help_with_examples() {
    let place = Place::empty();
    let help = place.viite(&["help"]).good().stdout;
    for command in [
        "init",
        "region",
        "import",
        "export",
        "check",
        "rule",
        "describe",
        "query",
        "update",
        "show",
        "reference",
        "log",
        "diff",
        "at",
        "verify",
        "demo",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in\n{help}");
        let own = place.viite(&[command, "--help"]).good().stdout;
        assert!(own.contains("Examples:"), "{command} --help has no examples:\n{own}");
    }
}

#[test]
fn a_wrong_argument_ends_with_2() {
    let run = Place::empty().viite(&["chekc"]).ends_with(2);
    assert!(run.stderr.contains("check"), "the near command is named: {}", run.stderr);
}

#[test]
fn outside_of_a_repository_the_way_in_is_told() {
    let place = Place::empty();
    for arguments in
        [&["log"][..], &["check"], &["query", "ASK {}"], &["export"], &["region", "list"], &["-C", "nowhere", "verify"]]
    {
        let run = place.viite(arguments).fails_with(&["is not a Viite repository", "viite init"]);
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "one sentence: {}", run.stderr);
    }
}

#[test]
fn a_repository_of_a_newer_format_is_left_alone() {
    let place = Place::repository();
    let log = rusqlite::Connection::open(place.path().join(".viite/log.sqlite")).unwrap();
    assert_eq!(log.execute("UPDATE meta SET value = '9999' WHERE key = 'format'", []).unwrap(), 1);
    drop(log);
    let run = place.viite(&["log"]).fails_with(&["format version", "use a newer viite"]);
    assert_eq!(run.stderr.trim_end().lines().count(), 1, "one sentence: {}", run.stderr);
}

#[test]
fn a_repository_is_found_from_a_folder_within_it_and_by_name() {
    let place = Place::repository();
    let inner = place.path().join("a/b");
    fs::create_dir_all(&inner).unwrap();
    let inner = inner.to_string_lossy().into_owned();
    let outer = place.path().to_string_lossy().into_owned();
    let elsewhere = Place::empty();
    elsewhere.viite(&["-C", &outer, "log"]).good();
    elsewhere.viite(&["log", "--repository", &outer]).good();
    elsewhere.viite(&["-C", &inner, "log"]).fails_with(&["is not a Viite repository"]);
}

#[test]
fn init_loads_the_reference_once_and_does_not_touch_what_is_there() {
    let place = Place::repository();
    assert_eq!(place.revisions(), 1);
    assert!(place.path().join("viite.toml").is_file());
    let before = place.export();
    assert!(before.contains("https://w3id.org/viite/source/s4#G8"));
    place.viite(&["init", "."]).fails_with(&["is a Viite repository already"]);
    assert_eq!(before, place.export());
}

#[test]
fn init_takes_a_base_and_refuses_one_that_no_iri_can_begin_with() {
    let place = Place::empty();
    place
        .viite(&["init", "ea", "--base", "no base"])
        .fails_with(&["cannot be the base of IRIs", "https://example.org/ea/"]);
    assert!(!place.path().join("ea").exists(), "nothing is left behind");
    place.viite(&["init", "ea", "--base", "https://ea.example.org/id/"]).good();
    place.viite(&["-C", "ea", "region", "add", "X1", "--name", "Testikorpi"]).good();
    let export = place.viite(&["-C", "ea", "export"]).good().stdout;
    assert!(export.contains("<https://ea.example.org/id/graph/decisions>"));
}

#[test]
fn regions_of_the_reference_are_there_and_others_can_be_added() {
    let place = Place::repository();
    let list = place.viite(&["region", "list", "--format", "json"]).good().json();
    let codes: Vec<&str> = list.as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
    assert!(codes.len() >= 21, "the wellbeing services counties: {codes:?}");
    assert!(codes.contains(&"05"));

    place.viite(&["region", "add", "X1", "--name", "Testikorpi", "--lang", "fi"]).good();
    let again = place.viite(&["region", "add", "X1", "--name", "Testikorpi", "--lang", "fi"]).good();
    assert!(again.stdout.contains("mikään ei muuttunut"), "{}", again.stdout);
    assert_eq!(place.revisions(), 2);
    let with_area = ["region", "add", "X1", "--name", "Testikorpi", "--collaboration-area", "western", "--lang", "fi"];
    assert!(place.viite(&with_area).good().stdout.contains("kirjattiin se, mikä oli uutta"));
    let area = ["check", "--rule", "region-collaboration-area", "--region", "X1", "--format", "json"];
    assert_eq!(place.viite(&area).good().json()["summary"]["outcomes"]["conforms"], 1);
    place.viite(&["region", "add", "x1", "--name", "Muu"]).fails_with(&["exists already, as Testikorpi"]);
    place.viite(&["region", "add", "05", "--name", "Muu"]).fails_with(&["exists already"]);
    place.viite(&["region", "add", "X 1", "--name", "Muu"]).fails_with(&["letters, digits and hyphens"]);
    place.viite(&["region", "add", "X2", "--name", " "]).fails_with(&["cannot be empty"]);
    let text = place.viite(&["region", "list"]).good().stdout;
    assert!(text.contains("X1    Testikorpi"), "{text}");
}

#[test]
fn rules_are_listed_and_explained_also_outside_of_a_repository() {
    let place = Place::empty();
    let rules = place.viite(&["rule", "--format", "json"]).good().json();
    let rules = rules.as_array().unwrap();
    assert!(rules.len() >= 12);
    for key in ["id", "family", "severity", "scope", "clause", "title"] {
        assert!(rules.iter().all(|rule| rule[key].is_string()), "every rule has {key}");
    }
    let id = rules[0]["id"].as_str().unwrap();
    for language in ["fi", "sv", "en"] {
        let text = place.viite(&["rule", id, "--lang", language]).good().stdout;
        assert!(text.contains(id) && text.contains("SELECT"), "{text}");
    }
    let wrong = &id[..id.len() - 2];
    place.viite(&["rule", wrong]).fails_with(&["there is no rule", &format!("did you mean '{id}'")]);
    place.viite(&["-C", "nowhere", "rule"]).fails_with(&["is not a Viite repository"]);
}

#[test]
fn the_reference_is_listed_by_package() {
    let place = Place::repository();
    let reference = place.viite(&["reference", "--format", "json"]).good().json();
    let packages = reference["packages"].as_array().unwrap();
    assert!(packages.iter().any(|package| package["package"] == "regions" && package["facts"].as_u64() > Some(0)));
    let counts = ["Principle", "Guideline", "Measure"].map(|class| reference["counts"][class].as_u64());
    assert_eq!(counts, [Some(9), Some(16), Some(18)]);
    assert!(place.viite(&["reference"]).good().stdout.contains("regions"));
}

#[test]
fn a_thing_is_shown_by_name_and_by_iri() {
    let place = Place::repository();
    let shown = place.viite(&["show", "s4:G8", "--format", "json"]).good().json();
    assert_eq!(shown["iri"], "https://w3id.org/viite/source/s4#G8");
    assert!(!shown["facts"].as_array().unwrap().is_empty());
    place.viite(&["show", "<https://w3id.org/viite/source/s4#G8>"]).good();
    place.viite(&["show", "Wellbeing services county of East Uusimaa"]).good();
    place.viite(&["show", "s4:G999"]).fails_with(&["nothing is known about s4:G999"]);
    place.viite(&["show", "Xyzzy"]).fails_with(&["nothing is called 'Xyzzy'"]);
    place.viite(&["show", "Toimenpide 16"]).fails_with(&["things are called so; name one", "viite show s0:M16-kela"]);
}

#[test]
fn a_name_means_the_thing_before_the_term_or_the_clause_that_is_called_the_same() {
    let place = Place::repository();
    for (name, meant, other) in [
        ("Kanta", "service/kanta", "viite show viite:Kanta"),
        ("hyvinvointialue", "actor/wellbeing-services-counties", "viite show viite:WellbeingServicesCounty"),
        ("THL", "actor/thl", "viite show s0:B4-thl"),
    ] {
        let shown = place.viite(&["show", name, "--format", "json"]).good();
        assert!(shown.json()["iri"].as_str().unwrap().ends_with(meant), "{name}: {}", shown.stdout);
        assert!(shown.stderr.contains(other), "{name}: {}", shown.stderr);
    }
    let spelling = place.viite(&["show", "PTA", "--format", "json"]).good().json();
    assert!(spelling["iri"].as_str().unwrap().ends_with("kanta-patient-data-repository"));
}

#[test]
fn a_thing_is_shown_in_the_language_of_the_reader() {
    let place = Place::repository();
    for (language, words) in [
        ("fi", ["Kohta, Toimenpide", "määritelmä", "voimassa asti", "31.12.2019", "Viittaukset tähän"]),
        ("sv", ["Punkt, Åtgärd", "definition", "giltig till", "31.12.2019", "Hänvisningar hit"]),
        ("en", ["Clause, Measure", "definition", "valid until", "2019-12-31", "Referred to by"]),
    ] {
        let shown = place.viite(&["show", "s0:M16", "--lang", language]).good().stdout;
        for word in words {
            assert!(shown.contains(word), "{language}: no '{word}' in\n{shown}");
        }
        assert!(!shown.contains("rdfs:") && !shown.contains("skos:") && !shown.contains("dcterms:"), "{shown}");
        let counts = place.viite(&["reference", "--lang", language]).good().stdout;
        assert!(counts.contains(words[0].split(", ").nth(1).unwrap()), "{counts}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::repository();
    for arguments in [
        &["export"][..],
        &["export", "--format", "turtle"],
        &["diff", "0", "1"],
        &["query", "SELECT * { ?s ?p ?o }"],
        &["query", "--format", "csv", "SELECT * { ?s ?p ?o }"],
        &["query", "--format", "json", "SELECT * { ?s ?p ?o }"],
        &["query", "--format", "turtle", "CONSTRUCT WHERE { ?s ?p ?o }"],
    ] {
        let run = place.viite_unread(arguments).good();
        assert_eq!(run.stderr, "", "{arguments:?}");
    }
}

/// The errors of libraries hide a closed pipe, each in its own way.
#[test]
fn no_command_complains_of_a_reader_that_goes_away() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    // All are run before any is judged, so that one run shows every fault.
    let mut faults = Vec::new();
    for (command, formats) in [
        ("status", &["text", "csv", "json"][..]),
        ("check --region X1", &["text", "csv", "json", "sarif", "junit", "html"]),
        ("review X1", &["text", "md", "json", "html"]),
        ("describe X1 --only systems", &["md", "html"]),
        ("compare X1 --at 3", &["text", "json"]),
        ("raci --region X1", &["text", "csv", "json"]),
        ("impact Tyrsky", &["text", "json"]),
        ("languages", &["text", "json"]),
        ("region list", &["text", "json"]),
        ("reference", &["text", "json"]),
        ("rule", &["text", "json"]),
        ("show s0:M16", &["text", "json"]),
        ("log", &["text", "json"]),
        ("ask", &["text"]),
        ("match list", &["text", "json"]),
        ("match Kanta", &["text", "json"]),
        ("import a.xml --region X1", &["text", "json"]),
        ("export --region X1", &["archimate"]),
        ("verify", &["text", "json"]),
        ("waive --list", &["text", "json"]),
    ] {
        for format in formats {
            let mut arguments: Vec<&str> = command.split(' ').collect();
            arguments.extend(["--format", format]);
            let run = place.viite_unread(&arguments);
            if run.code > 1 || run.stderr.contains("pipe") {
                faults.push(format!("{command} --format {format}: {}", run.stderr));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn it_is_told_in_which_languages_things_are_named() {
    let place = Place::with_region();
    let model = "@prefix viite: <https://w3id.org/viite/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
        @prefix : <https://example.org/l#> .\n\
        :a a viite:InformationSystem ; rdfs:label \"Tyrsky\"@fi, \"Storm\"@sv . :b a viite:InformationSystem ; rdfs:label \"Myrsky\"@fi .\n\
        :c a viite:Service ; rdfs:label \"Plain\" .\n";
    place.write("a.ttl", model);
    place.viite(&["import", "a.ttl", "--region", "X1"]).good();
    let json = place.viite(&["languages", "--region", "X1", "--missing", "sv", "--format", "json"]).good().json();
    assert_eq!((&json[0]["part"], &json[0]["named"]), (&"X1, current".into(), &3.into()));
    assert_eq!(json[0]["languages"], serde_json::json!({ "en": 0, "fi": 2, "sv": 1 }));
    assert_eq!((&json[0]["without_language"], json[0]["missing"].as_array().unwrap().len()), (&1.into(), 2));
    let all = place.viite(&["languages", "--format", "json"]).good().json();
    let actors = all.as_array().unwrap().iter().find(|part| part["part"] == "actors").unwrap();
    assert_eq!(actors["languages"]["sv"], actors["named"], "the reference is named in Swedish throughout");
    let text = place.viite(&["languages", "--missing", "sv", "--lang", "fi"]).good().stdout;
    assert!(text.contains("nykytila") && text.contains("paketteja, joista ei puutu mitään"), "{text}");
    assert!(text.contains("  Myrsky (Tietojärjestelmä)\n  Plain (Palvelu)\n"), "by name, and with what it is: {text}");
    place.viite(&["languages", "--region", "Olematon"]).fails_with(&["there is no region"]);
    place.viite(&["languages", "--region", "05"]).fails_with(&["nothing is named there"]);
}

#[test]
fn commands_speak_the_language_that_is_asked_for() {
    let place = Place::repository();
    place.write("a.xml", EXCHANGE);
    for (command, fi, sv) in [
        ("region add X1 --name Testikorpi", "Lisättiin alue X1", "Regionen X1 (Testikorpi) finns redan"),
        ("import a.xml --region X1", "tietoa lisätty", "Inget ändrades"),
        ("template --output t.xlsx", "täytettävää", "att fylla i"),
        ("template --investment --output i.xlsx", "täytettävää", "att fylla i"),
        ("mapping list", "mallit, taulukot", "modeller, tabeller"),
        ("mapping check a.xml", "Profiili kattaa", "Profilen täcker"),
        ("match list --output d.csv", "hyväksy", "godkänn"),
        ("export --region X1 --format archimate --output b.xml", "ei mukana", "inte med"),
        ("waive --list", "Poikkeamia ei ole", "Inga avvikelser"),
        ("answer --list", "Vastauksia ei ole", "Inga svar"),
        ("log", "tietoa lisätty", "uppgifter tillagda"),
        ("region list", "koodi", "beskriven"),
        ("rule", "rikkomus", "överträdelse"),
        ("ask", "kysymys", "fråga"),
        ("at 1", "Tietovarastossa oli silloin", "Förrådet hade då"),
        ("verify", "Kaikki on niin kuin", "Allt är som det skrevs"),
    ] {
        for (language, text) in [("fi", fi), ("sv", sv)] {
            let arguments: Vec<&str> = command.split(' ').chain(["--lang", language]).collect();
            let run = place.viite(&arguments);
            assert!(run.code < 2, "{command}: {}", run.stderr);
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(said.contains(text), "{command} --lang {language}:\n{said}");
        }
    }
}
