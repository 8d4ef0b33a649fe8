//! The image on disk: written beside its name and moved there whole, mapped, and checked.
//!
//! Checking the whole checksum of a large image would cost more than opening it is worth, so a
//! *seal* beside the image says that these very bytes were checked: it holds the file's size,
//! inode and times of change, and the boot during which they were looked at (after a power failure
//! file data may be older than what the directory says). When any of it differs, the checksum is
//! computed again. `viite verify` always computes it.

use super::{
    Image, Snapshot,
    compose::Composed,
    image::{TRAILER, Trailer, write_image},
};
use crate::{StoreError, digest::Digest};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

/// Writes the image of a state under its name, and opens it.
pub(crate) fn create(folder: &Path, composed: Composed, state: Digest) -> Result<Snapshot, StoreError> {
    let path = path(folder, state);
    let unfinished = folder.join(format!("{state}.{}.unfinished", std::process::id()));
    let write = || {
        let file = File::create(&unfinished)?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        write_image(composed, state, &mut out)?;
        out.flush()?;
        fs::rename(&unfinished, &path)?;
        seal(&path)
    };
    let written = write();
    if written.is_err() {
        let _ = fs::remove_file(&unfinished); // the first error is the one to tell
    }
    written.map_err(|error| StoreError::io(&path, error))?;
    let (snapshot, _) = map(&path, state)?
        .ok_or_else(|| StoreError::io(&path, std::io::Error::other("the image was altered while it was written")))?;
    Ok(snapshot)
}

/// Maps the image of a state; none when it is missing, cut off, altered or of another layout.
pub(crate) fn open(folder: &Path, state: Digest) -> Result<Option<Snapshot>, StoreError> {
    let path = path(folder, state);
    let Some((snapshot, trailer)) = map(&path, state)? else { return Ok(None) };
    if !is_sealed(&path) {
        if !checksum_holds(snapshot.image.bytes(), &trailer) {
            return Ok(None);
        }
        let _ = seal(&path); // only saves the next check; a read-only folder must not stop a reader
    }
    Ok(Some(snapshot))
}

/// Whether the image is what it was when it was written, seal or no seal; none when there is none.
pub(crate) fn verify(folder: &Path, state: Digest) -> Result<Option<bool>, StoreError> {
    let path = path(folder, state);
    if !path.exists() {
        return Ok(None);
    }
    let intact = map(&path, state)?.is_some_and(|(snapshot, trailer)| {
        checksum_holds(snapshot.image.bytes(), &trailer) && snapshot.compute_state() == state
    });
    Ok(Some(intact))
}

/// The states that there are images of.
pub(crate) fn states(folder: &Path) -> Vec<Digest> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter_map(|name| name.strip_suffix(".snapshot")?.parse().ok()).collect()
}

/// Removes all images but those of the given states, and what crashed writers left behind.
pub(crate) fn keep_only(folder: &Path, states: &[Digest]) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !states.iter().any(|state| name.starts_with(&state.to_string())) {
            let _ = fs::remove_file(entry.path()); // derived data: left over is untidy, not wrong
        }
    }
}

fn path(folder: &Path, state: Digest) -> PathBuf {
    folder.join(format!("{state}.snapshot"))
}

fn map(path: &Path, state: Digest) -> Result<Option<(Snapshot, Trailer)>, StoreError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::io(path, error)),
    };
    // SAFETY: images are never written in place: they are moved to their name whole, and removed
    // by unlinking, which leaves a map intact.
    let map = unsafe { memmap2::Mmap::map(&file) }.map_err(|error| StoreError::io(path, error))?;
    let trailer = Trailer::read(&map).filter(|trailer| trailer.state == state);
    Ok(trailer.map(|trailer| (Snapshot::new(Image::Mapped(map), &trailer), trailer)))
}

fn checksum_holds(image: &[u8], trailer: &Trailer) -> bool {
    let body = &image[..image.len() - TRAILER];
    let mut hasher = blake3::Hasher::new();
    for part in body.chunks(1 << 20) {
        hasher.update(part);
    }
    Digest(*hasher.finalize().as_bytes()) == trailer.checksum
}

fn seal_path(path: &Path) -> PathBuf {
    path.with_extension("seal")
}

fn seal(path: &Path) -> std::io::Result<()> {
    let Some(mark) = mark(path)? else { return Ok(()) };
    let unfinished = path.with_extension(format!("{}.unfinished-seal", std::process::id()));
    fs::write(&unfinished, mark)?;
    fs::rename(&unfinished, seal_path(path))
}

fn is_sealed(path: &Path) -> bool {
    let said = fs::read_to_string(seal_path(path)).ok();
    said.is_some() && said == mark(path).ok().flatten()
}

/// What would differ had anybody touched the file since. None where the system tells too little.
#[cfg(target_os = "linux")]
fn mark(path: &Path) -> std::io::Result<Option<String>> {
    use std::os::unix::fs::MetadataExt;
    let data = fs::metadata(path)?;
    let Ok(boot) = fs::read_to_string("/proc/sys/kernel/random/boot_id") else { return Ok(None) };
    Ok(Some(format!(
        "{} {} {}.{} {}.{} {}\n",
        data.size(),
        data.ino(),
        data.mtime(),
        data.mtime_nsec(),
        data.ctime(),
        data.ctime_nsec(),
        boot.trim()
    )))
}

#[cfg(not(target_os = "linux"))]
fn mark(_path: &Path) -> std::io::Result<Option<String>> {
    Ok(None)
}
