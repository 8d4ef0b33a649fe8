#![doc = include_str!("../README.md")]

mod assessment;
pub mod content;
mod figure;
mod fill;
mod gap;
pub mod library;
mod naming;
mod order;
pub mod product;
pub mod render;
mod sector;
mod table;
mod words;

pub use content::Document;
pub use figure::Diagram;
pub use fill::{DescribeError, describe, describe_watched};
pub use library::Products;
pub use order::{Of, Order};
pub use product::{Product, Subject};
