//! How wide texts are, so that they stay in their boxes.
//!
//! The widths are those of Liberation Sans, which has the metrics of Arial and Helvetica: the fonts that pictures ask
//! for are equally wide, and a wider one is squeezed by `textLength` (see [`crate::svg`]).

/// The fonts that pictures ask for, all as wide as the table below says.
pub(crate) const FAMILY: &str = "Arial, 'Liberation Sans', Helvetica, sans-serif";

/// Widths of U+0020 … U+007E in thousandths of the size.
const REGULAR: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611,
    556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389,
    280, 389, 584,
];

/// A size in pixels, and whether it is bold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Type {
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

impl Type {
    pub(crate) const fn regular(size: f64) -> Self {
        Self { size, bold: false }
    }

    pub(crate) const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }

    /// From one line to the next.
    pub(crate) fn leading(self) -> f64 {
        (self.size * 1.2).ceil()
    }

    /// How wide a text is.
    pub(crate) fn width(self, text: &str) -> f64 {
        text.chars().map(|c| f64::from(self.advance(c))).sum::<f64>() * self.size / 1000.0
    }

    fn advance(self, c: char) -> u16 {
        let table = if self.bold { &BOLD } else { &REGULAR };
        let of = |c: char| table.get((c as usize).wrapping_sub(0x20)).copied();
        match c {
            '\u{ad}' => 0,
            '\u{a0}' => table[0],
            'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => of('a').unwrap_or(556),
            'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' => of('o').unwrap_or(611),
            'Å' | 'Ä' | 'Á' | 'À' => of('A').unwrap_or(722),
            'Ö' | 'Ó' | 'Ø' => 778,
            'é' | 'è' | 'ë' | 'ê' | 'ü' | 'ú' | '–' | '’' => 611.min(of('n').unwrap_or(611)),
            '·' => 333,
            // A character that the table does not know is taken for a wide one.
            c => of(c).unwrap_or(1000),
        }
    }

    /// The text in at most `lines` lines of this width: broken at spaces and hyphens, else within a word;
    /// what is too much gives way to an ellipsis.
    pub(crate) fn wrap(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut line = String::new();
        for piece in pieces(text) {
            let longer = format!("{line}{piece}");
            if self.width(longer.trim_end()) <= width {
                line = longer;
                continue;
            }
            if !line.trim().is_empty() {
                out.push(line.trim_end().to_owned());
                line = String::new();
            }
            if self.width(piece.trim_end()) <= width {
                piece.clone_into(&mut line);
                continue;
            }
            let mut rest = piece;
            while self.width(rest.trim_end()) > width {
                let at = self.syllable(rest, width);
                out.push(format!("{}-", &rest[..at]));
                rest = &rest[at..];
            }
            rest.clone_into(&mut line);
        }
        if !line.trim().is_empty() {
            out.push(line.trim_end().to_owned());
        }
        if out.len() > lines {
            out.truncate(lines);
            if let Some(last) = out.last_mut() {
                *last = self.cut(&format!("{last} …"), width);
            }
        }
        out
    }

    /// Where to break a word that is wider than the line: before the last consonant that a vowel follows, as
    /// Finnish and Swedish do, else where it must be.
    fn syllable(self, word: &str, width: f64) -> usize {
        let is_vowel = |c: char| "aeiouyåäöAEIOUYÅÄÖ".contains(c);
        let letters: Vec<(usize, char)> = word.char_indices().collect();
        let fits = |at: usize| self.width(&word[..at]) + self.width("-") <= width;
        let mut cut = letters.get(1).map_or(word.len(), |(at, _)| *at);
        let mut syllable = None;
        for (place, &(at, c)) in letters.iter().enumerate().skip(2).take_while(|(_, (at, _))| fits(*at)) {
            cut = at;
            let next = letters.get(place + 1).map(|(_, next)| *next);
            let left = letters.len() - place;
            if c.is_alphabetic() && !is_vowel(c) && next.is_some_and(is_vowel) && left > 2 {
                syllable = Some(at);
            }
        }
        syllable.unwrap_or(cut)
    }

    /// The text on one line, its end given way to an ellipsis where it is too wide.
    pub(crate) fn cut(self, text: &str, width: f64) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept: String = text.trim_end_matches(['…', ' ']).to_owned();
        while !kept.is_empty() && self.width(&format!("{kept}…")) > width {
            kept.pop();
        }
        format!("{}…", kept.trim_end())
    }
}

/// Words with the space after them, and the parts of words that hyphens and slashes make.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut ends = text.char_indices().peekable();
    while let Some((at, c)) = ends.next() {
        let end = at + c.len_utf8();
        let breaks = match c {
            ' ' | '\t' | '\n' | '\r' => true,
            '-' | '/' | '–' => ends.peek().is_some_and(|(_, next)| next.is_alphanumeric()) && at > start,
            _ => false,
        };
        if breaks {
            out.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Type = Type::regular(12.0);

    #[test]
    fn no_line_is_wider_than_it_may_be() {
        let name = "Sosiaalihuollon asiakastietojärjestelmä/ammattilaisen työpöytä (käytössä 24/7) Länsi-Uusimaa";
        for width in [30.0, 60.0, 90.0, 150.0] {
            for lines in 1..5 {
                let wrapped = TEXT.wrap(name, width, lines);
                assert!(wrapped.len() <= lines);
                assert!(wrapped.iter().all(|line| TEXT.width(line) <= width + 0.001), "{width} {wrapped:?}");
            }
        }
    }

    #[test]
    fn words_are_broken_only_where_they_do_not_fit() {
        assert_eq!(TEXT.wrap("Kanta-palvelut ja lähete", 95.0, 3), ["Kanta-palvelut ja", "lähete"]);
        assert_eq!(TEXT.wrap("Kanta-palvelut", 60.0, 3), ["Kanta-", "palvelut"]);
        assert_eq!(TEXT.wrap("asiakastietojärjestelmä", 70.0, 3), ["asiakastieto-", "järjestelmä"]);
        assert_eq!(TEXT.wrap("yksi kaksi kolme", 30.0, 2), ["yksi", "ka…"]);
        assert_eq!(TEXT.wrap("", 30.0, 2), Vec::<String>::new());
    }
}
