//! The colours of outcomes, in a workbook and on a page. A colour never stands alone: the text says the same.

use viite_model::Outcome;

/// A text on a background, as `0xRRGGBB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) background: u32,
    pub(crate) text: u32,
}

/// The heading of a table.
pub(crate) const HEADING: Pair = Pair { background: 0x1F_3A_5F, text: 0xFF_FF_FF };

/// The colours of an outcome.
pub(crate) const fn of(outcome: Outcome) -> Pair {
    match outcome {
        Outcome::Violates => Pair { background: 0xFB_E3_E4, text: 0x7A_12_1C },
        Outcome::NotAssessable => Pair { background: 0xFF_F3_CD, text: 0x5C_44_00 },
        Outcome::AcceptedDeviation => Pair { background: 0xDC_E9_FB, text: 0x0B_3A_73 },
        Outcome::Conforms => Pair { background: 0xDF_F2_E3, text: 0x0C_4A_22 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.1 defines it.
    fn luminance(color: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((color >> shift) & 0xFF) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    #[test]
    fn every_text_can_be_read_on_its_background() {
        for pair in Outcome::ALL.map(of).into_iter().chain([HEADING]) {
            let (one, other) = (luminance(pair.background), luminance(pair.text));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 7.0, "{pair:x?}: {contrast:.1}"); // WCAG 2.1, 1.4.6 (AAA)
        }
    }
}
