//! Mapping profiles in TOML.
#![no_main]
libfuzzer_sys::fuzz_target!(|text: &str| {
    let _ = viite_exchange::Mapping::parse("own.toml", text);
});
