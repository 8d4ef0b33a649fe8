use crate::support::Place;
use std::fs;

#[test]
fn the_demonstration_finds_things_and_says_what_to_try_next() {
    let place = Place::empty();
    let run = place.viite(&["demo"]).good();
    for text in
        ["Findings by region and guideline", "Coverage", "What could not be judged", "What to try next", "What to open"]
    {
        assert!(run.stdout.contains(text), "'{text}' is not in:\n{}", run.stdout);
    }
    let json = place.viite(&["-C", "viite-demo", "check", "--format", "json", "--fail-on", "never"]).good().json();
    for outcome in ["violates", "not-assessable", "conforms"] {
        assert!(json["summary"]["outcomes"][outcome].as_u64().unwrap() > 0, "{outcome}");
    }
    place.viite(&["-C", "viite-demo", "check"]).ends_with(1);
    let documents = place.path().join("viite-demo/documents");
    assert!(fs::read_to_string(documents.join("review.html")).unwrap().contains("Suolavuori"));
    assert!(fs::read(documents.join("description.docx")).unwrap().starts_with(b"PK"));
}

#[test]
fn what_the_demonstration_proposes_works() {
    let place = Place::empty();
    let run = place.viite(&["demo", "d"]).good();
    let inside = place.path().join("d").to_string_lossy().into_owned();
    let commands: Vec<Vec<String>> =
        run.stdout.lines().filter_map(|line| line.strip_prefix("  viite ")).map(words).collect();
    assert!(commands.len() >= 5, "{}", run.stdout);
    for command in commands {
        let arguments: Vec<&str> = ["-C", &inside].into_iter().chain(command.iter().map(String::as_str)).collect();
        let code = if command[0] == "check" { 1 } else { 0 };
        let arguments: Vec<String> =
            arguments.into_iter().map(|argument| argument.replace("models/", &format!("{inside}/models/"))).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        place.viite(&arguments).ends_with(code);
    }
}

/// Splits a line as a shell does; two blanks end the command, what follows explains it.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    let mut blanks = 0;
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => {
                blanks += 1;
                if blanks == 2 {
                    break;
                }
                words.push(std::mem::take(&mut word));
                continue;
            }
            other => word.push(other),
        }
        blanks = 0;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[test]
fn an_earlier_demonstration_is_replaced_and_nothing_else() {
    let place = Place::empty();
    place.viite(&["demo", "d"]).good();
    place.viite(&["demo", "d"]).good();
    place.viite(&["init", "mine"]).good();
    place.viite(&["demo", "mine"]).ends_with(2);
    place.viite(&["-C", "mine", "log"]).good();
    fs::create_dir(place.path().join("full")).unwrap();
    place.write("full/thesis.txt", "years of work");
    let run = place.viite(&["demo", "full"]).ends_with(2);
    assert!(run.stderr.contains("no earlier demonstration"), "{}", run.stderr);
    assert!(place.path().join("full/thesis.txt").is_file());
}
