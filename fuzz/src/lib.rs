//! What the targets share: a file is read, and what was read is written and read again.

use viite_exchange::{Import, Limits, ReadError, ReadOptions, read};
use viite_model::Names;

/// Limits that keep one try quick.
pub fn limits() -> Limits {
    Limits {
        things: 20_000,
        triples: 200_000,
        unpacked: 8 << 20,
        cells: 100_000,
        blank_nodes: 500,
        ..Limits::default()
    }
}

/// Reads bytes as a file of this name. An error is an answer; a panic, a hang or a heap of memory is not.
pub fn import(file: &str, bytes: &[u8]) -> Result<Import, ReadError> {
    let names = Names::new("https://example.org/ea/").expect("a good base");
    let options = ReadOptions { limits: limits(), ..ReadOptions::new(&names, "99") };
    let answer = read(file, bytes, &options);
    if let Err(error) = &answer {
        assert!(!error.to_string().is_empty());
    }
    answer
}
