//! RDF; the first byte chooses the syntax.
#![no_main]
const NAMES: [&str; 7] = ["a.ttl", "a.nt", "a.nq", "a.trig", "a.rdf", "a.jsonld", "a.n3"];
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let [first, rest @ ..] = bytes {
        let _ = viite_fuzz::import(NAMES[usize::from(*first) % NAMES.len()], rest);
    }
});
