//! Workbooks of every kind.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = viite_fuzz::import("book.xlsx", bytes);
});
