#![doc = include_str!("../README.md")]

mod concept;
mod graph;
mod layered;
mod map;
mod matrix;
mod node;
mod svg;
mod text;
mod timeline;
mod view;
mod words;

pub use concept::{Concept, Layer};
pub use graph::{Edge, Graph, Line};
pub use map::{Arrangement, Group, Map};
pub use matrix::Matrix;
pub use node::{Node, Tone};
pub use timeline::{Bar, Timeline};
pub use view::{Connection, Shown, View};

use viite_model::Language;

/// A picture, with a text that says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What it shows; of several pages, which one it is.
    pub title: String,
    /// What a reader who cannot see it has to know.
    pub alternative: String,
    /// The picture, a whole SVG document without scripts, fonts or anything else from elsewhere.
    pub svg: String,
    /// Its size in CSS pixels.
    pub size: (u32, u32),
}

/// What a picture is drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paper {
    /// The language of the words that the picture adds.
    pub language: Language,
    /// Its width in CSS pixels. A picture may be narrower.
    pub width: f64,
    /// What is higher than this goes on over several pictures.
    pub height: f64,
}

impl Paper {
    /// A page of a document, lying on its side: its text is about as large as that of a table when it is printed on A4.
    pub const fn page(language: Language) -> Self {
        Self { language, width: 960.0, height: 570.0 }
    }

    /// One picture, however high it becomes.
    pub const fn endless(language: Language) -> Self {
        Self { language, width: 960.0, height: f64::INFINITY }
    }
}

impl Drawing {
    fn new(canvas: svg::Canvas, title: String, alternative: String, size: (f64, f64), language: Language) -> Self {
        let pixels = |value: f64| value.ceil().max(1.0) as u32; // pictures are far smaller than u32 goes
        Self {
            svg: canvas.finish(&title, &alternative, size, language),
            size: (pixels(size.0), pixels(size.1)),
            title,
            alternative,
        }
    }
}
