#![doc = include_str!("../README.md")]

pub mod dependence;
pub mod derive;
mod hubs;
mod impact;
mod network;
pub mod report;

pub use dependence::{DEPENDENCES, Dependence, Dependent};
pub use hubs::Hub;
pub use impact::{Direction, Impact, Reached};
pub use network::{Network, NetworkError, Thing};
