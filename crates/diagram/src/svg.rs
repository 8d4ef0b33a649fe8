//! Writes SVG: shapes and measured text, the same bytes from the same calls.

use crate::text::{FAMILY, Type};
use std::fmt::Write as _;
use viite_model::Language;
use viite_model::xml::escape;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) w: f64,
    pub(crate) h: f64,
}

impl Rect {
    pub(crate) const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    pub(crate) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(crate) fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub(crate) fn middle(self) -> (f64, f64) {
        (self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

/// Where a line of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
}

/// A picture that is being drawn.
#[derive(Debug, Default)]
pub(crate) struct Canvas {
    body: String,
}

/// The colour of text and lines.
pub(crate) const INK: &str = "#1b1b1b";
/// The colour of frames.
pub(crate) const FRAME: &str = "#8a8f99";

impl Canvas {
    /// A path, `d` as SVG has it.
    pub(crate) fn path(&mut self, d: &str, fill: &str, stroke: &str, more: &str) {
        self.tag(format_args!("<path d=\"{d}\" fill=\"{fill}\" stroke=\"{stroke}\"{more}/>"));
    }

    /// A rectangle with round corners of this radius.
    pub(crate) fn rect(&mut self, at: Rect, radius: f64, fill: &str, stroke: &str) {
        let round = if radius > 0.0 { format!(" rx=\"{}\"", n(radius)) } else { String::new() };
        self.tag(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{round} fill=\"{fill}\" stroke=\"{stroke}\"/>",
            n(at.x),
            n(at.y),
            n(at.w),
            n(at.h)
        ));
    }

    /// A straight line; `more` is further attributes, each with a space before it.
    pub(crate) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), stroke: &str, more: &str) {
        self.path(&format!("M{} {}L{} {}", n(x1), n(y1), n(x2), n(y2)), "none", stroke, more);
    }

    /// A filled arrow head whose point is at `to`, coming from the direction of `from`.
    pub(crate) fn head(&mut self, (x, y): (f64, f64), (from_x, from_y): (f64, f64), fill: &str) {
        let (dx, dy) = (x - from_x, y - from_y);
        let length = dx.hypot(dy).max(0.001);
        let (ux, uy) = (dx / length, dy / length);
        let (bx, by) = (x - ux * 8.0, y - uy * 8.0);
        self.path(
            &format!(
                "M{} {}L{} {}L{} {}Z",
                n(x),
                n(y),
                n(bx - uy * 4.0),
                n(by + ux * 4.0),
                n(bx + uy * 4.0),
                n(by - ux * 4.0)
            ),
            fill,
            "none",
            "",
        );
    }

    /// One line of text; `fit` is the width that it must not exceed in a font that is wider than ours.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), text: &str, of: Type, anchor: Anchor, fill: &str, fit: f64) {
        let width = of.width(text);
        // Only where there is little room: a fixed length would stretch the text in a narrower font.
        let length = if width > fit * 0.9 {
            format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", n(width))
        } else {
            String::new()
        };
        let anchor = if anchor == Anchor::Middle { " text-anchor=\"middle\"" } else { "" };
        let bold = if of.bold { " font-weight=\"bold\"" } else { "" };
        self.tag(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{bold}{anchor} fill=\"{fill}\"{length}>{}</text>",
            n(x),
            n(y),
            n(of.size),
            escape(text)
        ));
    }

    /// What is drawn until [`Self::close`] belongs together and has this name for whoever points at it.
    pub(crate) fn open(&mut self, title: &str) {
        self.tag(format_args!("<g><title>{}</title>", escape(title)));
    }

    pub(crate) fn close(&mut self) {
        self.tag(format_args!("</g>"));
    }

    /// Further attributes for what is drawn until [`Self::close`].
    pub(crate) fn group(&mut self, attributes: &str) {
        self.tag(format_args!("<g {attributes}>"));
    }

    fn tag(&mut self, tag: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.body.write_fmt(tag);
        self.body.push('\n');
    }

    /// The whole document.
    pub(crate) fn finish(self, title: &str, description: &str, size: (f64, f64), language: Language) -> String {
        let (w, h) = (size.0.ceil(), size.1.ceil());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
             role=\"img\" lang=\"{language}\" xml:lang=\"{language}\" font-family=\"{FAMILY}\">\n\
             <title>{}</title>\n<desc>{}</desc>\n\
             <rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escape(title),
            escape(description),
            self.body
        )
    }
}

/// A coordinate with at most one decimal.
pub(crate) fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // -0 is 0.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}
