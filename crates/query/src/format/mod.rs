//! x
/// x
pub struct Format;
