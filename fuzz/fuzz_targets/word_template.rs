//! Word files that a description is written into.
#![no_main]
use viite_describe::{content::Document, render};
use viite_model::Language;
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(template) = render::Template::read(bytes) else { return };
    let document = Document {
        language: Language::Fi,
        title: "Kuvaus".to_owned(),
        subtitle: String::new(),
        properties: Vec::new(),
        notes: vec!["Huomautus".to_owned()],
        chapters: Vec::new(),
    };
    let surroundings = render::Surroundings { template: Some(&template), ..Default::default() };
    let _ = render::write(&document, render::Format::Word, surroundings, std::io::sink());
});
