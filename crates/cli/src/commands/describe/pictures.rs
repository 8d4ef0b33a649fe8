//! The pictures that lie in a folder beside a Markdown file.

use crate::output::write_whole;
use anyhow::{Context, Result};
use std::path::Path;
use std::{collections::BTreeSet, fs, io::Write as _, path::PathBuf};

/// The folder of a document's pictures: `kuvaus-pictures` beside `kuvaus.md`.
pub(super) struct Folder {
    /// As the document refers to it.
    pub(super) name: String,
    place: PathBuf,
    /// What the document that is about to be replaced shows from it.
    earlier: BTreeSet<String>,
}

impl Folder {
    pub(super) fn beside(document: &Path) -> Self {
        let stem = document.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
        let name = format!("{stem}-pictures");
        let text = fs::read_to_string(document).unwrap_or_default(); // a first document replaces none
        Self { earlier: shown(&text, &name), place: document.with_file_name(&name), name }
    }

    /// Writes the pictures, and leaves everything else in the folder alone.
    pub(super) fn write(&self, pictures: &[(String, &str)]) -> Result<()> {
        if !pictures.is_empty() {
            fs::create_dir_all(&self.place)
                .with_context(|| format!("cannot make the folder {}", self.place.display()))?;
        }
        for (name, svg) in pictures {
            write_whole(&self.place.join(name), |file| Ok(file.write_all(svg.as_bytes())?))?;
        }
        Ok(())
    }

    /// Removes what the replaced document showed and the new one does not, and the folder when nothing is left in it.
    pub(super) fn tidy(&self, pictures: &[(String, &str)]) -> Result<()> {
        for name in self.earlier.iter().filter(|earlier| pictures.iter().all(|(name, _)| name != *earlier)) {
            let file = self.place.join(name);
            if file.is_file() {
                fs::remove_file(&file)
                    .with_context(|| format!("cannot remove {}, which the document shows no more", file.display()))?;
            }
        }
        if pictures.is_empty() {
            let _ = fs::remove_dir(&self.place); // it stays where something of the reader's is in it
        }
        Ok(())
    }
}

/// The pictures that a document shows from the folder, as far as they bear a number as ours do.
fn shown(text: &str, folder: &str) -> BTreeSet<String> {
    let start = format!("]({}/", folder.replace(' ', "%20"));
    let names = text.split(&start).skip(1).filter_map(|rest| rest.split_once(')').map(|(name, _)| name));
    let numbered = |name: &&str| {
        name.strip_suffix(".svg")
            .is_some_and(|number| number.len() >= 2 && number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    names.filter(numbered).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbered_pictures_of_the_folder_are_ours() {
        let text = "![Kuva 1](oma%20kuvaus-pictures/01.svg) ![x](oma%20kuvaus-pictures/logo.svg) \
            ![y](muut/02.svg) ![z](oma%20kuvaus-pictures/../03.svg) ![Kuva 120](oma%20kuvaus-pictures/120.svg)";
        assert_eq!(shown(text, "oma kuvaus-pictures").into_iter().collect::<Vec<_>>(), ["01.svg", "120.svg"]);
    }
}
