//! The proposal of a mapping for a table: slower than reading it, so a target of its own.
#![no_main]
use viite_exchange::{Mapping, guess};
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(profile) = guess("systems.csv", bytes, Mapping::archimate()) {
        assert!(Mapping::parse("guess.toml", &profile).is_ok(), "{profile}");
    }
});
