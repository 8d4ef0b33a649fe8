//! The ArchiMate exchange format.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = viite_fuzz::import("model.xml", bytes);
});
