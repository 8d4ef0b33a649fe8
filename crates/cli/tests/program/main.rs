//! The whole program, as a person or a script meets it.

mod asking;
mod bad_input;
mod checking;
mod commands;
mod demonstration;
mod describing;
mod history;
mod importing;
mod querying;
mod reporting;
mod support;
