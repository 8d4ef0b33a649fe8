//! One threshold against one investment, in exact decimals.

use crate::{
    reference::{Operator, Threshold},
    statement::{Fact, Fault, Statement},
};
use oxrdf::NamedNode;
use oxsdatatypes::Decimal;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Which part of a cost over many years is set against one year's income, where the source leaves it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Share {
    /// The whole cost: what the words of the source say.
    #[default]
    Whole,
    /// The cost of one year.
    Yearly,
}

impl Share {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Whole, Self::Yearly];

    /// `whole` or `yearly`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Yearly => "yearly",
        }
    }
}

/// A text that names no share.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown share '{0}': it is one of whole, yearly")]
pub struct UnknownShare(String);

impl FromStr for Share {
    type Err = UnknownShare;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|share| share.name() == text).ok_or_else(|| UnknownShare(text.to_owned()))
    }
}

/// What comes out of a criterion, a threshold or a reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is met.
    Meets,
    /// The facts are there, and do not meet it.
    DoesNotMeet,
    /// A fact that it needs is missing or unusable.
    FactMissing,
}

impl Verdict {
    /// Of several of which one is enough.
    pub fn any(verdicts: impl IntoIterator<Item = Self>) -> Self {
        let verdicts: Vec<Self> = verdicts.into_iter().collect();
        [Self::Meets, Self::FactMissing]
            .into_iter()
            .find(|verdict| verdicts.contains(verdict))
            .unwrap_or(Self::DoesNotMeet)
    }

    /// Of several that all have to be met.
    pub fn all(verdicts: impl IntoIterator<Item = Self>) -> Self {
        let verdicts: Vec<Self> = verdicts.into_iter().collect();
        [Self::DoesNotMeet, Self::FactMissing]
            .into_iter()
            .find(|verdict| verdicts.contains(verdict))
            .unwrap_or(Self::Meets)
    }
}

/// A property that a measure lacks, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The property.
    pub property: NamedNode,
    /// Why what is said cannot be used; nothing when it is not said at all.
    pub fault: Option<Fault>,
}

/// One way of reading a threshold, reckoned out.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which part of the amount is compared, where the source leaves it open.
    pub share: Option<Share>,
    /// The amount that is compared.
    pub amount: Option<Decimal>,
    /// What the amount is a share of.
    pub base: Option<Decimal>,
    /// The value in the unit of the threshold: the amount itself, or its share of the base in per cent, rounded.
    pub value: Option<Decimal>,
    /// How far the amount is above the limit, in the amount's own unit; negative below it, zero exactly at it.
    pub margin: Option<Decimal>,
    /// Whether it meets the threshold.
    pub verdict: Verdict,
    /// What is missing for a verdict.
    pub gaps: Vec<Gap>,
}

impl Reading {
    /// The amount is more than the whole that it is a share of: a unit, or a number of zeros, is probably wrong.
    pub fn is_implausible(&self) -> bool {
        self.base.is_some() && self.value.is_some_and(|share| share > Decimal::from(100))
    }
}

/// Numbers too large or too fine to be reckoned with exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the amounts for {0} are beyond what can be reckoned exactly (20 digits before the decimal point, 18 after it); look whether they are right"
)]
pub struct Overflow(pub String);

/// Reads a threshold in every way that the source leaves open.
///
/// # Errors
/// Numbers that cannot be multiplied exactly.
pub fn measure(threshold: &Threshold, statement: &Statement<'_>) -> Result<Vec<Reading>, Overflow> {
    let whole = Comparison::of(threshold, statement, None);
    let overflow = || Overflow(viite_model::ns::shorten(threshold.iri.as_str()));
    let Some(years) = &threshold.spread_over else {
        return Ok(vec![whole.reading(threshold.operator, threshold.limit, None).ok_or_else(overflow)?]);
    };
    let yearly = Comparison::of(threshold, statement, Some(years));
    [(whole, Share::Whole), (yearly, Share::Yearly)]
        .into_iter()
        .map(|(comparison, share)| {
            comparison.reading(threshold.operator, threshold.limit, Some(share)).ok_or_else(overflow)
        })
        .collect()
}

/// The numbers of a comparison, as far as they are known.
#[derive(Default)]
struct Comparison {
    amount: Option<Decimal>,
    /// Years that the amount is spread over.
    years: Option<Decimal>,
    base: Option<Decimal>,
    gaps: Vec<Gap>,
    relative: bool,
}

impl Comparison {
    fn of(threshold: &Threshold, statement: &Statement<'_>, years: Option<&NamedNode>) -> Self {
        let mut comparison = Self { relative: threshold.relative_to.is_some(), ..Self::default() };
        comparison.amount = comparison.number(&threshold.quantity, statement);
        comparison.years = years.and_then(|years| comparison.positive(years, statement));
        comparison.base = threshold.relative_to.as_ref().and_then(|base| comparison.positive(base, statement));
        comparison
    }

    fn number(&mut self, property: &NamedNode, statement: &Statement<'_>) -> Option<Decimal> {
        let fault = match statement.number(property.as_ref()) {
            Fact::Known(number) => return Some(number),
            Fact::Unusable(fault) => Some(fault),
            Fact::Missing => None,
        };
        self.gaps.push(Gap { property: property.clone(), fault });
        None
    }

    /// A number to divide by.
    fn positive(&mut self, property: &NamedNode, statement: &Statement<'_>) -> Option<Decimal> {
        let number = self.number(property, statement)?;
        if number > Decimal::default() {
            return Some(number);
        }
        self.gaps.push(Gap { property: property.clone(), fault: Some(Fault::Zero(number.to_string())) });
        None
    }

    /// The verdict, by multiplying across: a quotient would be rounded. None when the numbers are too large.
    fn reading(self, operator: Operator, limit: Decimal, share: Option<Share>) -> Option<Reading> {
        let mut reading = Reading {
            share,
            amount: self.amount,
            base: self.base,
            value: None,
            margin: None,
            verdict: Verdict::FactMissing,
            gaps: self.gaps,
        };
        let (Some(amount), true) = (self.amount, reading.gaps.is_empty()) else {
            return Some(reading);
        };
        let years = self.years.unwrap_or_else(|| Decimal::from(1));
        let one_year = amount.checked_div(years)?;
        let hundred = Decimal::from(100);
        let (left, right, at_limit) = match (self.relative, self.base) {
            (true, Some(base)) => {
                let of_base = limit.checked_mul(base)?;
                (amount.checked_mul(hundred)?, of_base.checked_mul(years)?, of_base.checked_div(hundred)?)
            }
            _ => (amount, limit.checked_mul(years)?, limit),
        };
        reading.amount = Some(one_year);
        reading.value = match self.base {
            Some(base) => one_year.checked_mul(hundred)?.checked_div(base),
            None => Some(one_year),
        };
        reading.margin = one_year.checked_sub(at_limit);
        reading.verdict = if operator.holds(left, right) { Verdict::Meets } else { Verdict::DoesNotMeet };
        Some(reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(amount: &str, base: Option<&str>, years: Option<&str>, operator: Operator, limit: &str) -> Reading {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let comparison = Comparison {
            amount: Some(number(amount)),
            base: base.map(number),
            years: years.map(number),
            relative: base.is_some(),
            gaps: Vec::new(),
        };
        comparison.reading(operator, number(limit), None).unwrap()
    }

    #[test]
    fn over_five_years_is_not_five_years() {
        let over = |years| reading(years, None, None, Operator::GreaterThan, "5").verdict;
        assert_eq!(over("5"), Verdict::DoesNotMeet);
        assert_eq!(over("5.0"), Verdict::DoesNotMeet);
        assert_eq!(over("5.000000000000000001"), Verdict::Meets);
        assert_eq!(over("4.999999999999999999"), Verdict::DoesNotMeet);
    }

    #[test]
    fn at_least_includes_its_limit() {
        let at_least = |value| reading(value, None, None, Operator::AtLeast, "30000000").verdict;
        assert_eq!(at_least("30000000"), Verdict::Meets);
        assert_eq!(at_least("29999999.99"), Verdict::DoesNotMeet);
    }

    #[test]
    fn a_share_exactly_at_the_limit_does_not_exceed_it() {
        let share = |cost, income| reading(cost, Some(income), None, Operator::GreaterThan, "0.5");
        // 1/3 of a per cent has no end as a decimal; so has a limit of it. The comparison never divides.
        for (cost, income) in [("5000000", "1000000000"), ("1.5", "300"), ("0.035", "7")] {
            let exact = share(cost, income);
            assert_eq!((exact.verdict, exact.margin), (Verdict::DoesNotMeet, Some(Decimal::default())), "{cost}");
        }
        let over = share("5000000.01", "1000000000");
        assert_eq!(over.verdict, Verdict::Meets);
        assert_eq!(over.margin, Some("0.01".parse().unwrap()));
    }

    #[test]
    fn a_share_of_more_than_the_whole_is_noticed() {
        let share = |cost| reading(cost, Some("1000"), None, Operator::GreaterThan, "0.5");
        assert!(share("1000.01").is_implausible());
        assert!(!share("1000").is_implausible(), "exactly the whole can be");
    }

    #[test]
    fn the_yearly_share_is_exact_too() {
        // 35 over 7 years is 5 a year: exactly 0.5 % of 1000, though a seventh has no end.
        let yearly = |cost| reading(cost, Some("1000"), Some("7"), Operator::GreaterThan, "0.5").verdict;
        assert_eq!(yearly("35"), Verdict::DoesNotMeet);
        assert_eq!(yearly("35.01"), Verdict::Meets);
    }

    #[test]
    fn numbers_beyond_exact_reckoning_are_told() {
        let huge = "170000000000000000000".parse().unwrap();
        let comparison = Comparison { amount: Some(huge), base: Some(huge), relative: true, ..Comparison::default() };
        assert!(comparison.reading(Operator::GreaterThan, Decimal::from(20), None).is_none());
    }

    #[test]
    fn one_met_threshold_is_enough_and_a_missing_fact_is_no_pass() {
        use Verdict::{DoesNotMeet, FactMissing, Meets};
        assert_eq!(Verdict::any([DoesNotMeet, FactMissing, Meets]), Meets);
        assert_eq!(Verdict::any([DoesNotMeet, FactMissing]), FactMissing);
        assert_eq!(Verdict::any([]), DoesNotMeet);
        assert_eq!(Verdict::all([Meets, FactMissing]), FactMissing);
        assert_eq!(Verdict::all([FactMissing, DoesNotMeet]), DoesNotMeet);
    }
}
