//! Zip archives, unpacked within bounds and never onto a disk.

use crate::{Fault, Limits, ReadError};
use std::io::{self, Cursor, Read};
use zip::{ZipArchive, read::ZipFile};

/// Whether these bytes begin a zip archive.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// A file in an archive: its path and content.
pub(crate) type Entry = (String, Vec<u8>);

/// The names of what is in an archive.
pub(crate) fn names(file: &str, bytes: &[u8]) -> Result<Vec<String>, ReadError> {
    let archive = open(file, bytes)?;
    let names = archive.file_names().map(|name| name.map(std::borrow::Cow::into_owned));
    names.collect::<Result<_, _>>().map_err(|error| broken(file, &error.to_string()))
}

/// Refuses an archive that unpacks to more than the limit, or that holds what is not to be unpacked.
///
/// What an archive says of its own sizes may be false, so everything is unpacked once, into nothing.
pub(crate) fn check(file: &str, bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    each(file, bytes, limits, |_, content| io::copy(content, &mut io::sink()))
}

/// The files in an archive that are wanted, by name.
pub(crate) fn entries(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Entry>, ReadError> {
    // A bomb is found before anything of it is kept.
    check(file, bytes, limits)?;
    let mut entries = Vec::new();
    each(file, bytes, limits, |name, content| {
        if !wanted(name) {
            return io::copy(content, &mut io::sink());
        }
        let length = content.get_ref().size().min(content.limit());
        let mut unpacked = Vec::with_capacity(length as usize);
        let length = content.read_to_end(&mut unpacked)?;
        entries.push((name.to_owned(), unpacked));
        Ok(length as u64)
    })?;
    Ok(entries)
}

fn open<'b>(file: &str, bytes: &'b [u8]) -> Result<ZipArchive<Cursor<&'b [u8]>>, ReadError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(file, &error.to_string()))
}

fn broken(file: &str, problem: &str) -> ReadError {
    let problem = format!("the zip archive cannot be unpacked: {problem}");
    ReadError::new(file, None, Fault::Syntax, problem, "it was cut off or altered on its way: get it again")
}

fn each(
    file: &str,
    bytes: &[u8],
    limits: &Limits,
    mut take: impl FnMut(&str, &mut io::Take<ZipFile<'_, Cursor<&[u8]>>>) -> io::Result<u64>,
) -> Result<(), ReadError> {
    let mut archive = open(file, bytes)?;
    if archive.len() > limits.entries {
        let problem = format!("the archive holds {} files, and at most {} are read", archive.len(), limits.entries);
        return Err(ReadError::new(file, None, Fault::TooLarge, problem, "pack only the model"));
    }
    let mut left = limits.unpacked as u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| broken(file, &error.to_string()))?;
        let name = entry.name().map_err(|error| broken(file, &error.to_string()))?.into_owned();
        // Nothing is written to disk; but who writes such names means harm, so nothing of it is believed.
        if entry.enclosed_name().is_none() {
            let problem = format!("the archive holds '{name}', which leads out of the folder that it is unpacked into");
            return Err(ReadError::new(file, None, Fault::Refused, problem, "get the model from whom you trust"));
        }
        let mut content = entry.take(left + 1);
        let length = take(&name, &mut content).map_err(|error| broken(file, &format!("{name}: {error}")))?;
        left = left.checked_sub(length).ok_or_else(|| {
            let problem = format!("the archive unpacks to more than {} bytes", limits.unpacked);
            ReadError::new(
                file,
                None,
                Fault::TooLarge,
                problem,
                "split it, and import the part that concerns the region",
            )
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn only_what_is_wanted_is_kept() {
        let bytes = archive(&[("model.xml", b"<a/>"), ("images/1.png", b"...")]);
        assert!(is_zip(&bytes));
        let entries = entries("m.archimate", &bytes, &Limits::default(), |name| name.ends_with(".xml")).unwrap();
        assert_eq!(entries, [("model.xml".to_owned(), b"<a/>".to_vec())]);
    }

    #[test]
    fn a_bomb_is_refused_whatever_it_says_of_its_size() {
        let bytes = archive(&[("a", &vec![0; 1 << 20]), ("b", &vec![0; 1 << 20])]);
        let limits = Limits { unpacked: (1 << 20) + 5, ..Limits::default() };
        let error = check("bomb.xlsx", &bytes, &limits).unwrap_err();
        assert_eq!(error.fault, Fault::TooLarge, "{error}");
        assert!(check("fine.xlsx", &bytes, &Limits::default()).is_ok());
        let limits = Limits { entries: 1, ..Limits::default() };
        assert_eq!(check("many.xlsx", &bytes, &limits).unwrap_err().fault, Fault::TooLarge);
    }

    #[test]
    fn a_path_out_of_the_archive_is_refused() {
        let error = check("m.zip", &archive(&[("../../etc/passwd", b"x")]), &Limits::default()).unwrap_err();
        assert_eq!(error.fault, Fault::Refused);
        assert!(error.to_string().contains("passwd"), "{error}");
    }

    #[test]
    fn an_archive_that_is_cut_off_says_so() {
        let bytes = archive(&[("model.xml", b"<a/>")]);
        assert_eq!(check("m.zip", &bytes[..20], &Limits::default()).unwrap_err().fault, Fault::Syntax);
    }
}
