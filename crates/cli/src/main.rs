#![doc = include_str!("../README.md")]

mod args;
mod commands;
mod findings;
mod naming;
mod output;
mod provenance;
mod reference;
mod regions;
mod session;
mod translate;

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How a command ended, short of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing that should fail a pipeline.
    Good,
    /// Findings at or above the threshold.
    Findings,
    /// The command told what is wrong itself, and could not do its work.
    Failed,
}

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    match commands::run(cli) {
        Ok(Ending::Good) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Failed) => ExitCode::from(2),
        // Whoever reads our output has seen enough.
        Err(_) if output::reader_left() => ExitCode::SUCCESS,
        Err(error) => {
            output::print_error(&error);
            ExitCode::from(2)
        }
    }
}
