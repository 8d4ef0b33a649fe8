//! Pictures as pixels, for programs that show no SVG.

use crate::content::{Document, Figure, Part};
use resvg::{tiny_skia, usvg};
use std::{
    io,
    sync::{Arc, LazyLock},
};

/// The fonts that pictures and PDF are set in: the program looks the same on a machine without fonts.
pub(super) static FONTS: [&[u8]; 2] = [
    include_bytes!("../../../../data/fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../../../data/fonts/LiberationSans-Bold.ttf"),
];

/// Pixels for each CSS pixel: sharp at 200 points per inch.
const SCALE: f32 = 2.0;
/// A wider picture is shown smaller on the page, and needs fewer pixels.
const WIDEST: f32 = 3000.0;

static OPTIONS: LazyLock<usvg::Options<'static>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family("Liberation Sans");
    usvg::Options { fontdb: Arc::new(fonts), font_family: "Liberation Sans".to_owned(), ..usvg::Options::default() }
});

/// The picture as PNG.
pub(super) fn png(figure: &Figure) -> io::Result<Vec<u8>> {
    let tree = usvg::Tree::from_str(&figure.svg, &OPTIONS).map_err(io::Error::other)?;
    let scale = SCALE.min(WIDEST / tree.size().width().max(tree.size().height()));
    let size = tree.size().to_int_size().scale_by(scale);
    let pixels = size.and_then(|size| tiny_skia::Pixmap::new(size.width(), size.height()));
    let mut pixels =
        pixels.ok_or_else(|| io::Error::other(format!("the picture '{}' is too large", figure.caption)))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(io::Error::other)
}

/// Every picture of a document, in order.
pub(super) fn figures(document: &Document) -> impl Iterator<Item = &Figure> {
    let sections = document.chapters.iter().flat_map(|chapter| &chapter.sections);
    sections.flat_map(|section| &section.parts).filter_map(|part| match part {
        Part::Figure(figure) => Some(figure),
        _ => None,
    })
}
