#![doc = include_str!("../README.md")]

pub mod assessment;
pub mod measure;
pub mod reference;
pub mod report;
pub mod statement;
mod terms;

pub use assessment::{AssessOptions, Assessment, InvestmentAssessment, assess};
pub use measure::{Share, Verdict};
