#![doc = include_str!("../README.md")]

pub mod archimate;
mod detect;
mod encoding;
mod error;
mod loss;
pub mod model;
mod place;
mod xml;

pub use detect::Format;
pub use error::{Fault, Limits, ReadError};
pub use loss::{Fate, Loss, LossReport};
pub use place::Place;
