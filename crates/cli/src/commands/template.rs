//! `viite template`

use crate::{
    Ending,
    output::{note, write_whole},
    session::Session,
};
use anyhow::{Context, Result};
use clap::{Args, ValueHint};
use std::{io::Write, path::PathBuf};
use viite_exchange::workbook::Workbook;

/// Write a workbook to fill: a region's architecture, or an investment proposal
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite template --lang fi --output kuvaus.xlsx
  viite template --lang sv
  viite import kuvaus.xlsx --region 05      read it when it is filled
  viite template --investment --output esitys.xlsx
  viite assess esitys.xlsx                  assess the filled proposal

A sheet for every kind of thing, with the columns that the Information Management Act
(906/2019, section 5) and JHS 179 ask for, drop-down lists, help and an example row. The
language of the headers makes no difference to the import.")]
pub(crate) struct TemplateArgs {
    /// The workbook of an investment proposal
    #[arg(long)]
    pub(crate) investment: bool,
    /// The file to write; without it, one named in the language of the headers
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

pub(crate) fn run(session: &Session, args: &TemplateArgs) -> Result<Ending> {
    let workbook = if args.investment { Workbook::investment() } else { Workbook::description() };
    let bytes = workbook.template(session.language).context("the workbook cannot be written")?;
    let path = args.output.clone().unwrap_or_else(|| {
        let name = workbook.file.get(session.language).unwrap_or(&workbook.name);
        PathBuf::from(format!("{name}.xlsx"))
    });
    write_whole(&path, |file| Ok(file.write_all(&bytes)?))?;
    let (path, sheets) = (path.display(), workbook.sheets().len());
    note(session.language.of([
        format!("Kirjoitettiin {path}: {sheets} täytettävää taulukkoa."),
        format!("Skrev {path}: {sheets} blad att fylla i."),
        format!("Wrote {path}: {sheets} sheets to fill."),
    ]));
    Ok(Ending::Good)
}
