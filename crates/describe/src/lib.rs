#![doc = include_str!("../README.md")]

mod assessment;
pub mod content;
mod figure;
mod fill;
pub mod library;
mod naming;
pub mod product;
pub mod render;
mod words;

pub use content::Document;
pub use figure::Diagram;
pub use fill::{DescribeError, Order, describe};
pub use library::Products;
pub use product::{Product, Subject};
