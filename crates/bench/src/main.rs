//! `viite-bench`: generated nations, and figures side by side with peers.
//!
//! `make bench` runs `viite-bench all`.

mod generate;
mod process;
mod queries;
mod rules;
mod store;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::{
    fs::{self, File},
    io::BufWriter,
    path::{Path, PathBuf},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Generated nations, and benchmarks side by side with peers", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write an invented nation of 23 regions as N-Quads; the same size gives the same file
    Generate {
        /// At least so many quads
        #[arg(long, default_value_t = 1_000_000)]
        quads: u64,
        /// The file to write
        #[arg(long)]
        output: PathBuf,
    },
    /// Load, open and commit, on a nation of so many quads
    Store {
        /// At least so many quads
        #[arg(long, default_value_t = 4_000_000)]
        quads: u64,
        /// Where to work
        #[arg(long, default_value = "target/bench")]
        work: PathBuf,
    },
    /// Rule-like queries, side by side with Oxigraph's memory store
    Queries {
        /// At least so many quads
        #[arg(long, default_value_t = 1_000_000)]
        quads: u64,
        /// Where to work
        #[arg(long, default_value = "target/bench")]
        work: PathBuf,
        /// Only those whose name contains this
        #[arg(long)]
        only: Option<String>,
        /// Without the other store, which takes long to load
        #[arg(long)]
        without_peer: bool,
    },
    /// The whole rule library
    Rules {
        /// At least so many quads
        #[arg(long, default_value_t = 1_000_000)]
        quads: u64,
        /// Where to work
        #[arg(long, default_value = "target/bench")]
        work: PathBuf,
    },
    /// Everything
    All {
        /// Where to work
        #[arg(long, default_value = "target/bench")]
        work: PathBuf,
    },
    #[command(hide = true)]
    Parse { file: PathBuf },
    #[command(hide = true)]
    Load { file: PathBuf, folder: PathBuf },
    #[command(hide = true)]
    Point { folder: PathBuf },
    #[command(hide = true)]
    Commit { folder: PathBuf, value: String },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Generate { quads, output } => {
            let written = generate::generate(quads, BufWriter::new(File::create(output)?))?;
            eprintln!("{written} quads");
        }
        Command::Store { quads, work } => store::report(&nation(quads, &work)?, &work)?,
        Command::Queries { quads, work, only, without_peer } => {
            queries::report(&nation(quads, &work)?, &work, only.as_deref(), without_peer)?;
        }
        Command::Rules { quads, work } => rules::report(&nation(quads, &work)?, &work)?,
        Command::All { work } => {
            rules::report(&nation(1_000_000, &work)?, &work)?;
            store::report(&nation(4_000_000, &work)?, &work)?;
            for quads in [1_000_000, 10_000_000] {
                queries::report(&nation(quads, &work)?, &work, None, false)?;
            }
        }
        Command::Parse { file } => store::parse(&file)?,
        Command::Load { file, folder } => store::load(&file, &folder)?,
        Command::Point { folder } => store::point(&folder)?,
        Command::Commit { folder, value } => store::commit(&folder, &value)?,
    }
    Ok(())
}

/// The file of a nation, generated when it is not there yet.
fn nation(quads: u64, work: &Path) -> Result<PathBuf> {
    fs::create_dir_all(work)?;
    let file = work.join(format!("nation-{quads}.nq"));
    if !file.exists() {
        let unfinished = file.with_extension("unfinished");
        generate::generate(quads, BufWriter::new(File::create(&unfinished)?))?;
        fs::rename(unfinished, &file)?;
    }
    Ok(file)
}
