//! One writer at a time: an advisory lock that says who holds it.
//!
//! The operating system frees it when the process ends, however it ends; what the file says
//! is only read while somebody holds it, so a stale text misleads nobody.

use crate::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    time::{Duration, Instant},
};

/// Held for as long as it lives.
#[derive(Debug)]
pub(crate) struct WriteLock {
    _file: File,
}

impl WriteLock {
    /// Waits at most `wait` for the lock.
    pub(crate) fn acquire(path: &Path, wait: Duration) -> Result<Self, StoreError> {
        let mut file = open(path)?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < wait => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    let told = file.read_to_string(&mut holder).is_ok() && !holder.trim().is_empty();
                    let holder = if told { holder.trim().to_owned() } else { "another process".to_owned() };
                    return Err(StoreError::Locked { holder, waited: start.elapsed() });
                }
                Err(TryLockError::Error(error)) => return Err(StoreError::io(path, error)),
            }
        }
        announce(&mut file).map_err(|error| StoreError::io(path, error))?;
        Ok(Self { _file: file })
    }

    /// Waits as long as it takes; for work that is short or done by somebody else meanwhile.
    pub(crate) fn wait(path: &Path) -> Result<Self, StoreError> {
        let file = open(path)?;
        file.lock().map_err(|error| StoreError::io(path, error))?;
        Ok(Self { _file: file })
    }
}

fn open(path: &Path) -> Result<File, StoreError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| StoreError::io(path, error))
}

/// Writes who holds the lock, for those who wait.
fn announce(file: &mut File) -> std::io::Result<()> {
    let mut words = std::env::args_os();
    let program = words.next().unwrap_or_default();
    let program = Path::new(&program).file_name().unwrap_or_default().to_string_lossy().into_owned();
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "process {} ({program}), since {}", std::process::id(), jiff::Timestamp::now())?;
    file.flush()
}
