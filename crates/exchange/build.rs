//! Lists the files of the vocabulary, so that the readers carry it.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    // Shapes say how things are described, not what they are called.
    let terms = |name: &str| name.ends_with(".ttl") && !name.starts_with("shapes");
    fs::write(out.join("ontology.rs"), list(&manifest.join("../../ontology"), terms)?)
}

/// The files of a folder as pairs of name and text.
fn list(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<String> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    files.sort();
    let mut list = "&[\n".to_owned();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if wanted(&name) {
            println!("cargo::rerun-if-changed={}", file.display());
            list.push_str(&format!("    ({name:?}, include_str!({:?})),\n", file.canonicalize()?));
        }
    }
    Ok(list + "]\n")
}
