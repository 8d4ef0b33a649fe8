//! Tables in CSV.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = viite_fuzz::import("systems.csv", bytes);
});
