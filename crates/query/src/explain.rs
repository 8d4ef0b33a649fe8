//! x
/// x
pub struct Explanation;
