//! Lists the reference packages and the example regions, so that the program carries them.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    let root = manifest.join("../..");
    let turtle = |name: &str| name.ends_with(".ttl");
    let packages = [list(&root.join("ontology"), turtle)?, list(&root.join("data/reference"), turtle)?];
    fs::write(out.join("packages.rs"), format!("&[\n{}]\n", packages.concat()))?;
    let examples = list(&root.join("data/examples"), |name| !name.ends_with(".md"))?;
    fs::write(out.join("examples.rs"), format!("&[\n{examples}]\n"))
}

/// The files of a folder and those below it, as pairs of path and bytes.
fn list(root: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<String> {
    let mut files = Vec::new();
    collect(root, &mut files)?;
    files.sort();
    let mut list = String::new();
    for file in files {
        let name = file.strip_prefix(root).map_err(io::Error::other)?;
        let name = name.to_string_lossy().replace('\\', "/");
        if wanted(&name) {
            println!("cargo::rerun-if-changed={}", file.display());
            list.push_str(&format!("    ({name:?}, include_bytes!({:?})),\n", file.canonicalize()?));
        }
    }
    Ok(list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
