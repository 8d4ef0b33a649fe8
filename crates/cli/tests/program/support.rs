//! A repository in a folder of its own, and the program run in it.

use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program was not killed"),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }

    /// The run must have ended with this code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn good(self) -> Self {
        self.ends_with(0)
    }

    /// The run must have failed, with all of these on stderr, and nothing on stdout.
    #[track_caller]
    pub(crate) fn fails_with(self, said: &[&str]) -> Self {
        let run = self.ends_with(2);
        for text in said {
            assert!(run.stderr.contains(text), "'{text}' is not in:\n{}", run.stderr);
        }
        assert_eq!(run.stdout, "", "an error goes to stderr alone");
        run
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout))
    }
}

/// A folder, usually with a repository in it.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A repository with the reference.
    pub(crate) fn repository() -> Self {
        let place = Self::empty();
        place.viite(&["init", "."]).good();
        place
    }

    /// The same with a region `X1`, Testikorpi.
    pub(crate) fn with_region() -> Self {
        let place = Self::repository();
        place.viite(&["region", "add", "X1", "--name", "Testikorpi", "--lang", "fi"]).good();
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_viite"));
        command
            .args(arguments)
            .current_dir(self.path())
            .env("VIITE_AUTHOR", "Tester")
            .env("LC_ALL", "en_US.UTF-8")
            .env_remove("NO_COLOR");
        command
    }

    pub(crate) fn viite(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    pub(crate) fn viite_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }

    /// Runs the program with a stdout that nobody reads.
    pub(crate) fn viite_unread(&self, arguments: &[&str]) -> Run {
        let mut child =
            self.command(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        Run::of(child.wait_with_output().unwrap())
    }

    /// Everything that the repository holds, as text.
    pub(crate) fn export(&self) -> String {
        self.viite(&["export", "--format", "nquads"]).good().stdout
    }

    /// How many revisions there are.
    pub(crate) fn revisions(&self) -> usize {
        self.viite(&["log", "--format", "json"]).good().json().as_array().unwrap().len()
    }
}

/// An ArchiMate exchange file: two systems for one purpose, and a flow between them.
pub(crate) const EXCHANGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
       identifier="id-model">
  <name xml:lang="fi">Testikorven kokonaisarkkitehtuuri</name>
  <elements>
    <element identifier="id-1" xsi:type="ApplicationComponent"><name xml:lang="fi">Tyrsky</name></element>
    <element identifier="id-2" xsi:type="ApplicationComponent"><name xml:lang="fi">Myrsky</name></element>
    <element identifier="id-3" xsi:type="ApplicationFunction"><name xml:lang="fi">Ajanvaraus</name></element>
  </elements>
  <relationships>
    <relationship identifier="id-4" source="id-1" target="id-3" xsi:type="Assignment"/>
    <relationship identifier="id-5" source="id-2" target="id-3" xsi:type="Assignment"/>
    <relationship identifier="id-6" source="id-1" target="id-2" xsi:type="Flow"><name xml:lang="fi">Ajat</name></relationship>
  </relationships>
</model>
"#;

/// The same kind of model in Archi's own format.
pub(crate) const ARCHI: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:archimate="http://www.archimatetool.com/archimate"
    name="Testikorpi" id="id-model" version="5.0.0">
  <folder name="Application" id="id-f1" type="application">
    <element xsi:type="archimate:ApplicationComponent" name="Usva" id="id-10">
      <property key="omistaja" value="Testikorpi"/>
    </element>
    <element xsi:type="archimate:ApplicationFunction" name="Laskutus" id="id-11"/>
  </folder>
  <folder name="Relations" id="id-f2" type="relations">
    <element xsi:type="archimate:AssignmentRelationship" id="id-12" source="id-10" target="id-11"/>
  </folder>
</archimate:model>
"#;

/// A system in Turtle.
pub(crate) const TURTLE: &str = "\
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/halla> a viite:InformationSystem ; rdfs:label \"Halla\"@fi .
";
