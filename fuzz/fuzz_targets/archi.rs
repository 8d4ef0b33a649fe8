//! Archi's own files, plain or zipped, and the layout of their views.
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = viite_fuzz::import("model.archimate", bytes);
    let _ = viite_exchange::read_description("model.archimate", bytes, &viite_fuzz::limits());
});
