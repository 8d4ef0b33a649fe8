#![doc = include_str!("../README.md")]

mod changes;
pub mod compare;
mod decisions;
mod descriptions;
mod doubts;
mod identity;
mod matching;
mod returning;
pub mod review;
pub mod upgrade;

pub use changes::{Change, Changes, ElementChange, PropertyChange, RelationshipChange};
pub use decisions::{Decision, Decisions};
pub use descriptions::{Description, descriptions};
pub use doubts::{consequences, doubtful};
pub use identity::{Doubt, Identification, identify};
pub use matching::{Candidate, Kind, Match, Matcher, Reason};
pub use returning::{Renamed, Returning, renamed, returning};
pub use review::{Review, ReviewOrder};
