//! Every page that the program writes, tried in a real browser: by axe-core against WCAG 2.1 A and AA, at the keyboard's
//! first stop, and on a screen of 320 pixels. `make test` fetches both (`tools.sh`).

use std::{
    env, fs,
    io::{Write, stderr},
    path::{Path, PathBuf},
    process::Command,
};
use tempfile::TempDir;

const AUDIT: &str = include_str!("audit.js");

/// The browser and the checker; none where they are not to be had, which is said aloud.
fn tools() -> Option<(PathBuf, String)> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_file());
    match (named("VIITE_BROWSER"), named("VIITE_AXE")) {
        (Some(browser), Some(axe)) => Some((browser, fs::read_to_string(axe).expect("the checker is text"))),
        _ => {
            // Written past the test harness, which keeps what a passing test prints to itself.
            let told = "LEFT OUT: the pages were not tried in a browser; 'make test' fetches what that needs\n";
            stderr().write_all(told.as_bytes()).expect("stderr takes it");
            None
        }
    }
}

fn viite(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let run = Command::new(env!("CARGO_BIN_EXE_viite")).args(arguments).current_dir(folder).output().unwrap();
    assert!(matches!(run.status.code(), Some(0 | 1)), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

/// What the browser says of a page: "clean", or what is wrong with it.
fn audit(browser: &Path, axe: &str, folder: &Path, page: &[u8]) -> String {
    let tried = folder.join("tried.html");
    let scripts = ["\n<script>", axe, "</script>\n<script>", AUDIT, "</script>\n"].concat();
    fs::write(&tried, [page, scripts.as_bytes()].concat()).unwrap();
    let run = Command::new(browser)
        // The sandbox needs rights that a container may lack; the page is our own.
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .args(["--virtual-time-budget=60000", "--dump-dom"])
        .arg(format!("file://{}", tried.display()))
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&run.stdout).into_owned();
    let told = dom.split_once("<pre id=\"audit\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    told.map_or_else(
        || format!("the browser told nothing: {}\n{dom}", String::from_utf8_lossy(&run.stderr)),
        |(told, _)| told.to_owned(),
    )
}

#[test]
fn every_page_can_be_read_with_a_keyboard_a_screen_reader_and_a_small_screen() {
    let Some((browser, axe)) = tools() else { return };
    let folder = TempDir::new().unwrap();
    let within = folder.path();
    viite(within, &["demo"]);
    let repository = ["-C", "viite-demo"];
    let pages: [&[&str]; 8] = [
        &["describe", "X1", "--format", "html", "--lang", "fi"],
        &["describe", "X2", "--format", "html", "--lang", "sv"],
        &["describe", "--format", "html", "--lang", "en"],
        &["describe", "X1", "--system", "Suolapotilas", "--format", "html", "--lang", "fi"],
        &["review", "X1", "--format", "html", "--lang", "fi"],
        &["review", "X2", "--format", "html", "--lang", "sv"],
        &["check", "--region", "X1", "--format", "html", "--lang", "fi"],
        &["check", "--format", "html", "--lang", "en"],
    ];
    let mut faults = String::new();
    for arguments in pages {
        let page = viite(within, &[&repository, arguments].concat());
        let told = audit(&browser, &axe, within, &page);
        if told != "clean" {
            faults.push_str(&format!("viite {}:\n{told}\n\n", arguments.join(" ")));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_audit_sees_what_is_wrong() {
    let Some((browser, axe)) = tools() else { return };
    let folder = TempDir::new().unwrap();
    let bad = "<!DOCTYPE html><html><head><title>x</title></head><body><main id=c><img src=x>\
        <p style='color:#aaa'>pale</p><div style='width:900px'>wide</div></main></body></html>";
    let told = audit(&browser, &axe, folder.path(), bad.as_bytes());
    for fault in ["image-alt", "html-has-lang", "color-contrast", "pixels wide", "first stop"] {
        assert!(told.contains(fault), "no {fault} in:\n{told}");
    }
}
