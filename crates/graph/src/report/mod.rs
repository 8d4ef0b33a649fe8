//! What is told of an impact: for people, for programs, as a picture.

mod picture;
mod text;
mod words;

pub use picture::picture;
pub use text::{TextOptions, hubs, impact};
