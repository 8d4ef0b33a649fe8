//! `viite describe`

mod pictures;
mod subject;
mod views;

use crate::{
    Ending,
    args::time_limit,
    output::{Progress, finish, note, print_json, results, write_whole},
    session::{Session, names, state, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use viite_check::{CheckOptions, Report, RuleScope};
use viite_describe::{Document, Of, Order, Product, Products, Subject, describe_watched, render};
use viite_model::State;
use viite_store::{Repository, Snapshot};

/// What the views of a region's ArchiMate files are called among products.
const VIEWS: &str = "views";

/// Write an architecture description in the structure of JHS 179
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite describe 05 --lang fi --output kuvaus.docx
  viite describe Kainuu --state target --lang sv --output malbild.md
  viite describe 05 --only system-portfolio,integrations --format md
  viite describe 05 --system Lifecare --output kortti.docx   the fact sheet of one system
  viite describe 05 --sector 'Social welfare' --output sosiaalihuolto.docx
  viite describe 05 --view 'Kokonaiskuva' --output kuva.html
  viite describe 05 --template oma.dotx --output kuvaus.docx    in your own Word template
  viite describe --area 'Western Finland' --output area.html
  viite describe --lang en --output nation.html     the whole country
  viite describe --products                         what a description can hold

What nobody has described stays in the document, with what to deliver and who can.")]
pub(crate) struct DescribeArgs {
    /// The region, by code or name; without it, the whole country
    pub(crate) region: Option<String>,
    /// The fact sheet of one information system, by name or IRI, instead of the whole region
    #[arg(long, value_name = "NAME")]
    pub(crate) system: Option<String>,
    /// A collaboration area, by name: its regions side by side
    #[arg(long, value_name = "NAME", conflicts_with_all = ["region", "system"])]
    pub(crate) area: Option<String>,
    /// Only what belongs to this function or a narrower one, by name
    #[arg(long, value_name = "FUNCTION", conflicts_with = "system")]
    pub(crate) sector: Option<String>,
    /// Only this state; may be given several times
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Vec<State>,
    /// Only these products or chapters; 'views' are those of the region's ArchiMate files
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Only this view of the region's ArchiMate files, by name; may be given several times
    #[arg(long, value_name = "NAME", requires = "region", conflicts_with = "system")]
    pub(crate) view: Vec<String>,
    /// docx, pdf, xlsx, html or md; without it, as the ending of --output says, else md
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Your own Word file to write a docx into: its pages, styles, headers and title page
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) template: Option<PathBuf>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// Describe the state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// Stop a product or rule after this time
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    pub(crate) timeout: Duration,
    /// List the description products instead; --format json for programs
    #[arg(long)]
    pub(crate) products: bool,
}

pub(crate) fn run(session: &Session, args: &DescribeArgs) -> Result<Ending> {
    let repository = session.open()?;
    let products = Products::with_folder(&repository.root().join("queries/describe"))?;
    if args.products {
        return list(session, &products, args.format.as_deref());
    }
    check_names(&products, &args.only)?;
    let format = format(args)?;
    if args.output.is_none() && !format.is_text() {
        bail!("{format} is no text: name a file with --output");
    }
    let template = match &args.template {
        Some(path) if format == render::Format::Word => Some(read_template(path)?),
        Some(_) => bail!("a template is for docx, not for {format}"),
        None => None,
    };
    let snapshot = state(&repository, args.at)?;
    let names = names(&repository)?;
    let of = subject::of(session, args, &snapshot, &names)?;
    let sector = match &args.sector {
        Some(text) => Some(subject::function(&snapshot, text, session.language)?),
        None => None,
    };
    let only: Vec<String> = args.only.iter().cloned().chain(args.view.first().map(|_| VIEWS.to_owned())).collect();
    let revision = match args.at {
        Some(number) => Some(repository.revision(number)?),
        None => repository.head()?,
    };
    let options = CheckOptions {
        regions: of.region().into_iter().cloned().collect(),
        timeout: args.timeout,
        ..CheckOptions::new(session.language, today())
    };
    let progress = Progress::new();
    let report = match of.region() {
        Some(_) if only.is_empty() => Some(assess(&repository, &snapshot, args, &options)?),
        _ => None,
    };
    let views = match &of {
        // Which views belong to a sector nobody says.
        Of::Region(region) if (only.is_empty() && sector.is_none()) || only.iter().any(|name| name == VIEWS) => {
            let views = views::views(&repository, &snapshot, region, &args.state, session.language)?;
            views::named(views, &args.view)?
        }
        _ => Vec::new(),
    };
    let order = Order {
        of,
        views,
        sector,
        states: args.state.clone(),
        language: session.language,
        today: options.today,
        revision: revision.map(|revision| (revision.number, revision.time)),
        only,
        report: report.as_ref(),
        timeout: args.timeout,
    };
    let mut document =
        describe_watched(&snapshot, &names, &products, &order, |done, of, what| progress.tell(done, of, what))?;
    drop(progress);
    // A workbook has room for texts of any length and is there to be filled; the sheet of one system is where its own
    // texts are read.
    if format != render::Format::Workbook {
        document.leave_out_empty_columns();
        if order.of.subject() != Subject::System {
            document.shorten();
        }
    }
    match &args.output {
        Some(path) => deliver(&document, format, template.as_ref(), path)?,
        None => {
            let mut out = results();
            render::write(&document, format, render::Surroundings::default(), &mut out)?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// Writes the document and the pictures that lie beside it.
fn deliver(
    document: &Document,
    format: render::Format,
    template: Option<&render::Template>,
    path: &Path,
) -> Result<()> {
    let pictures = render::pictures(document, format);
    let folder = (format == render::Format::Markdown).then(|| pictures::Folder::beside(path));
    let shown = folder.as_ref().filter(|_| !pictures.is_empty()).map(|folder| folder.name.as_str());
    let surroundings = render::Surroundings { pictures: shown, template };
    write_whole(path, |file| {
        render::write(document, format, surroundings, file)?;
        // Only when there is room for the document, and before it takes the place of the old one.
        folder.as_ref().map_or(Ok(()), |folder| folder.write(&pictures))
    })?;
    note(format_args!("{}", path.display()));
    folder.map_or(Ok(()), |folder| folder.tidy(&pictures))
}

fn read_template(path: &Path) -> Result<render::Template> {
    let bytes = fs::read(path).with_context(|| format!("cannot read the template {}", path.display()))?;
    render::Template::read(&bytes).with_context(|| format!("the template {} cannot be used", path.display()))
}

/// What the rules say about the region, in the states that the document shows.
fn assess(
    repository: &Repository,
    snapshot: &Arc<Snapshot>,
    args: &DescribeArgs,
    options: &CheckOptions,
) -> Result<Report> {
    let library = Session::library(repository)?;
    let rules: Vec<_> = library.rules().filter(|rule| rule.scope == RuleScope::Region).collect();
    let mut report = viite_check::check(snapshot, &names(repository)?, &rules, options);
    report
        .findings
        .retain(|finding| args.state.is_empty() || finding.state.is_none_or(|state| args.state.contains(&state)));
    for failure in &report.failures {
        note(format_args!("viite: rule {} failed and is left out: {}", failure.rule, failure.error));
    }
    Ok(report)
}

fn check_names(products: &Products, only: &[String]) -> Result<()> {
    let chapters: Vec<&str> = products.in_order().iter().map(|product| product.chapter.as_str()).collect();
    for name in only.iter().filter(|name| *name != VIEWS) {
        if !chapters.contains(&name.as_str()) {
            products.product(name)?;
        }
    }
    Ok(())
}

/// The format that is named, else that of the file's ending.
fn format(args: &DescribeArgs) -> Result<render::Format> {
    let ending = args.output.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
    let name = match (&args.format, &ending) {
        (Some(name), _) => name,
        (None, Some(ending)) => ending.as_ref(),
        (None, None) => "md",
    };
    name.parse().with_context(|| "name the format with --format, or give the file of --output its ending")
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    chapter: &'a str,
    title: &'a str,
    about: &'a str,
    subjects: Vec<&'static str>,
}

fn list(session: &Session, products: &Products, format: Option<&str>) -> Result<Ending> {
    let listed: Vec<Listed<'_>> = products.in_order().into_iter().map(|product| entry(session, product)).collect();
    match format {
        Some("json") => print_json(&listed)?,
        None | Some("text") => {
            let mut table = crate::output::table(&session.language.of([
                ["tuote", "luku", "otsikko", "mistä"],
                ["produkt", "kapitel", "rubrik", "av"],
                ["product", "chapter", "title", "of"],
            ]));
            for product in &listed {
                table.add_row([product.id, product.chapter, product.title, &product.subjects.join(", ")]);
            }
            let mut out = results();
            crate::output::print_table(&mut out, &table)?;
            finish(out)?;
        }
        Some(other) => bail!("unknown format '{other}': the list of products comes as text or json"),
    }
    Ok(Ending::Good)
}

fn entry<'a>(session: &Session, product: &'a Product) -> Listed<'a> {
    Listed {
        id: &product.id,
        chapter: &product.chapter,
        title: product.title.get(session.language).unwrap_or_default(),
        about: product.about.get(session.language).unwrap_or_default(),
        subjects: product.subjects.iter().map(|subject| subject.name()).collect(),
    }
}
