//! What lasts from a day to a day: projects and obligations on a road map.

use crate::{
    Drawing, Paper,
    node::HEADING,
    svg::{Anchor, Canvas, FRAME, INK, Rect},
    text::Type,
    words::words,
};

/// A road map.
///
/// ```
/// use viite_diagram::{Bar, Paper, Timeline};
/// use viite_model::Language;
/// let bar = |label: &str, from: Option<&str>, until: Option<&str>| Bar {
///     label: label.to_owned(),
///     group: String::new(),
///     from: from.map(str::to_owned),
///     until: until.map(str::to_owned),
/// };
/// let road_map = Timeline {
///     title: "Road map".to_owned(),
///     bars: vec![bar("Portal", Some("2026-03-01"), Some("2027-06-30")), bar("Archive", None, None)],
///     today: Some("2026-11-23".to_owned()),
/// };
/// let drawing = &road_map.draw(&Paper::page(Language::En))[0];
/// assert_eq!(drawing.alternative, "Road map. Portal: 2026-03-01 – 2027-06-30. Archive: Without dates.");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// What it shows.
    pub title: String,
    /// What lasts, in the order in which it stands.
    pub bars: Vec<Bar>,
    /// The day of the picture, `YYYY-MM-DD`.
    pub today: Option<String>,
}

/// Something that lasts from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is called.
    pub label: String,
    /// The group that it stands in; empty for none. Bars of a group stand together where they follow each other.
    pub group: String,
    /// Its first day, `YYYY-MM-DD`; a beginning that nobody told is drawn as open.
    pub from: Option<String>,
    /// Its last day.
    pub until: Option<String>,
}

const MARGIN: f64 = 6.0;
const NAMES: f64 = 270.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 28.0;
const TEXT: Type = Type::regular(11.0);
const FILL: &str = "#7aabd6";
/// More years than this are not shown one by one.
const MOST_YEARS: f64 = 60.0;

/// A day as years since year 0: months and days are parts of it. `None` for what is no day.
fn years(day: &str) -> Option<f64> {
    let mut parts = day.splitn(3, '-').map(str::parse::<u32>);
    let (year, month) = (parts.next()?.ok()?, parts.next().unwrap_or(Ok(1)).ok()?);
    let day = parts.next().unwrap_or(Ok(1)).ok()?;
    let is_day = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| f64::from(year) + (f64::from(month) - 1.0) / 12.0 + (f64::from(day) - 1.0) / 372.0)
}

/// The axis: from the first year to the last.
struct Axis {
    first: f64,
    last: f64,
    width: f64,
}

impl Axis {
    fn x(&self, years: f64) -> f64 {
        let share = (years - self.first) / (self.last - self.first);
        MARGIN + NAMES + share.clamp(0.0, 1.0) * self.width
    }
}

impl Timeline {
    /// Draws it: one picture, or several where the paper is not high enough.
    pub fn draw(&self, paper: &Paper) -> Vec<Drawing> {
        let words = words(paper.language);
        let days = self.bars.iter().flat_map(|bar| [&bar.from, &bar.until]).flatten().chain(&self.today);
        let days: Vec<f64> = days.filter_map(|day| years(day)).collect();
        let first = days.iter().copied().fold(f64::INFINITY, f64::min).floor();
        let last = days.iter().copied().fold(f64::NEG_INFINITY, f64::max).floor() + 1.0;
        let (first, last) = if first.is_finite() { (first, last.min(first + MOST_YEARS)) } else { (2000.0, 2001.0) };
        let axis = Axis { first, last, width: paper.width - NAMES - 2.0 * MARGIN };
        let down = (((paper.height - HEAD - 2.0 * MARGIN) / ROW).min(1e6) as usize).max(2) - 1;
        let of = self.bars.len().div_ceil(down);
        self.bars
            .chunks(down)
            .enumerate()
            .map(|(at, bars)| {
                let title = words.page(&self.title, at + 1, of);
                let mut alternative = format!("{title}.");
                for bar in bars {
                    alternative.push_str(&format!(" {}: {}.", bar.label, self.told(bar, paper)));
                }
                let (canvas, height) = self.page(bars, &axis, paper);
                Drawing::new(canvas, title, alternative, (paper.width, height), paper.language)
            })
            .collect()
    }

    fn told(&self, bar: &Bar, paper: &Paper) -> String {
        let words = words(paper.language);
        let day = |day: &Option<String>| {
            day.as_deref().map_or_else(|| words.unknown.to_owned(), |day| paper.language.day(day))
        };
        match (&bar.from, &bar.until) {
            (None, None) => words.no_dates.to_owned(),
            (from, until) => format!("{} – {}", day(from), day(until)),
        }
    }

    fn page(&self, bars: &[Bar], axis: &Axis, paper: &Paper) -> (Canvas, f64) {
        let words = words(paper.language);
        let mut canvas = Canvas::default();
        let groups = bars.windows(2).filter(|pair| pair[0].group != pair[1].group).count()
            + usize::from(bars.first().is_some_and(|bar| !bar.group.is_empty()));
        let top = MARGIN + HEAD;
        let bottom = top + (bars.len() + groups) as f64 * ROW;
        // Every year if there is room for its number, else every second, fifth or tenth.
        let wide = axis.width / (axis.last - axis.first);
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|step| wide * step > 36.0).unwrap_or(20.0);
        let mut year = axis.first;
        while year <= axis.last {
            canvas.line((axis.x(year), top - 4.0), (axis.x(year), bottom), FRAME, " stroke-width=\"0.5\"");
            if year < axis.last {
                canvas.text((axis.x(year) + 4.0, top - 8.0), &year.to_string(), HEADING, Anchor::Start, INK, 60.0);
            }
            year += step;
        }
        let mut y = top;
        let mut group = "";
        for bar in bars {
            if bar.group != group {
                group = &bar.group;
                let name = HEADING.cut(group, NAMES + axis.width - 10.0);
                canvas.text((MARGIN, y + 16.0), &name, HEADING, Anchor::Start, INK, NAMES + axis.width);
                y += ROW;
            }
            canvas.open(&format!("{}: {}", bar.label, self.told(bar, paper)));
            let name = TEXT.cut(&bar.label, NAMES - 12.0);
            canvas.text((MARGIN, y + 16.0), &name, TEXT, Anchor::Start, INK, NAMES - 8.0);
            let (from, until) = (bar.from.as_deref().and_then(years), bar.until.as_deref().and_then(years));
            match (from, until) {
                (None, None) => {
                    canvas.text((axis.x(axis.first) + 6.0, y + 16.0), words.no_dates, TEXT, Anchor::Start, INK, 200.0);
                }
                (from, until) => {
                    let (left, right) = (axis.x(from.unwrap_or(axis.first)), axis.x(until.unwrap_or(axis.last)));
                    let at = Rect::new(left, y + 4.0, (right - left).max(4.0), ROW - 8.0);
                    // A side that nobody told is open: no frame there, and a broken line.
                    if from.is_some() && until.is_some() {
                        canvas.rect(at, 2.0, FILL, INK);
                    } else {
                        canvas.group("stroke-dasharray=\"4 3\"");
                        canvas.rect(at, 2.0, "#e1ecf7", INK);
                        canvas.close();
                        let place = if until.is_none() { at.right() - 14.0 } else { at.x + 5.0 };
                        canvas.text((place, y + 16.0), "?", HEADING, Anchor::Start, INK, 20.0);
                    }
                }
            }
            canvas.close();
            y += ROW;
        }
        if let Some(today) = self.today.as_deref().and_then(years).filter(|day| (axis.first..=axis.last).contains(day))
        {
            let x = axis.x(today);
            canvas.line((x, top - 6.0), (x, bottom), "#a11616", " stroke-width=\"1.5\"");
            canvas.text((x, bottom + 12.0), words.today, TEXT, Anchor::Middle, "#a11616", 80.0);
        }
        (canvas, bottom + 16.0 + MARGIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viite_model::Language;

    #[test]
    fn days_that_are_none_are_not_told_and_do_no_harm() {
        assert_eq!(years("2026-01-01"), Some(2026.0));
        assert_eq!(years("2026"), Some(2026.0));
        assert_eq!(years("kevät"), None);
        assert_eq!(years("2026-13-01"), None);
        let bar = |from: &str| Bar {
            label: "Hanke".to_owned(),
            group: String::new(),
            from: Some(from.to_owned()),
            until: None,
        };
        let road_map =
            Timeline { title: "Tiekartta".to_owned(), bars: vec![bar("syksy"), bar("0001-01-01")], today: None };
        let drawing = &road_map.draw(&Paper::page(Language::Fi))[0];
        assert!(!drawing.svg.contains("NaN") && !drawing.svg.contains("inf"), "{}", drawing.svg);
    }
}
