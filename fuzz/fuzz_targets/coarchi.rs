//! A folder of coArchi: files with names.
#![no_main]
use viite_exchange::{ReadOptions, read_files};
use viite_model::Names;
libfuzzer_sys::fuzz_target!(|files: Vec<(String, Vec<u8>)>| {
    let names = Names::new("https://example.org/ea/").expect("a good base");
    let options = ReadOptions { limits: viite_fuzz::limits(), ..ReadOptions::new(&names, "99") };
    let files = files.into_iter().map(|(name, content)| (format!("model/{name}.xml"), content)).collect();
    let _ = read_files("model", files, &options);
});
