//! Tables in CSV, and the proposal of a mapping for them.
#![no_main]
use viite_exchange::{Mapping, guess};
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = viite_fuzz::import("systems.csv", bytes);
    let _ = guess("systems.csv", bytes, Mapping::archimate());
});
