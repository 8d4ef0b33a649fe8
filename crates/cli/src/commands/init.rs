//! `viite init`

use crate::{
    Ending,
    output::{finish, results},
    reference,
    session::{Session, names},
};
use anyhow::Result;
use clap::{Args, ValueHint};
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use viite_store::{CommitInfo, Config, Repository};

/// Make a repository that holds the national reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite init ea
  viite init ea --base https://ea.example.org/id/")]
pub(crate) struct InitArgs {
    /// The folder; it is made if it does not exist
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
    /// Where the IRIs of the repository's own things begin: an absolute IRI that ends in / or #
    #[arg(long, value_name = "IRI")]
    pub(crate) base: Option<String>,
}

pub(crate) fn run(session: &Session, args: &InitArgs) -> Result<Ending> {
    let config = match &args.base {
        Some(base) => Config { base: base.clone() },
        None => Config::default(),
    };
    let loaded = make(session, &args.dir, &config)?;
    let (dir, Loaded { packages, facts }) = (args.dir.display(), loaded);
    let made = session.language.of([
        format!("Luotiin tietovarasto kansioon {dir} kansallisine viitteineen: {packages} pakettia, {facts} tietoa."),
        format!("Skapade ett förråd i {dir} med den nationella referensen: {packages} paket, {facts} uppgifter."),
        format!("Made a repository in {dir} with the national reference: {packages} packages, {facts} facts."),
    ]);
    let mut out = results();
    writeln!(out, "{made}")?;
    finish(out)?;
    Ok(Ending::Good)
}

/// What was put into a new repository.
pub(crate) struct Loaded {
    pub(crate) packages: usize,
    pub(crate) facts: usize,
}

/// Makes a repository whose first revision is the national reference.
pub(crate) fn make(session: &Session, dir: &Path, config: &Config) -> Result<Loaded> {
    // Everything that can fail on its own account comes before the first folder is made.
    config.names()?;
    let packages = reference::packages()?;
    let loaded = Loaded { packages: packages.len(), facts: packages.iter().map(|package| package.triples.len()).sum() };
    let repository = Repository::init(dir, config)?;
    let names = names(&repository)?;
    let mut writer = repository.write(session.wait)?;
    reference::load(&mut writer, packages, &names.provenance());
    writer.commit(&CommitInfo::by_user("Load the national reference"))?;
    Ok(loaded)
}
