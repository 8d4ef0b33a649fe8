//! What an import did, in the reader's language.

use super::{Alike, Imported};
use crate::output::{finish, results};
use anyhow::Result;
use std::io::Write;
use viite_exchange::Loss;
use viite_model::Language;

/// Losses that are listed for people; JSON has them all.
const LISTED: usize = 20;

pub(super) fn write(imported: &Imported, language: Language) -> Result<()> {
    let mut out = results();
    let by = |fi: String, sv: String, en: String| language.of([fi, sv, en]);
    for file in &imported.files {
        let (elements, relationships) = (file.elements, file.relationships);
        let (properties, views, facts) = (file.properties, file.views, file.triples);
        let (new, gone, known) = (file.added, file.removed, file.identified);
        writeln!(out, "{}  {}", file.file, file.format)?;
        let held = by(
            format!("{elements} elementtiä, {relationships} suhdetta, {properties} ominaisuutta, {views} näkymää"),
            format!("{elements} element, {relationships} relationer, {properties} egenskaper, {views} vyer"),
            format!("{elements} elements, {relationships} relationships, {properties} properties, {views} views"),
        );
        let facts = by(
            format!("{facts} tietoa: {new} uutta, {gone} poistunutta; {known} elementtiä tunnistettiin viitteestä"),
            format!("{facts} uppgifter: {new} nya, {gone} borttagna; {known} element känns igen i referensen"),
            format!("{facts} facts: {new} new, {gone} gone; {known} elements recognised in the reference"),
        );
        writeln!(out, "  {held}\n  {facts}")?;
        if file.removed > 0 {
            let replaced = by(
                "korvaa sen, mikä on aiemmin tuotu tällä nimellä".to_owned(),
                "ersätter det som tidigare importerats under detta namn".to_owned(),
                "it takes the place of what was imported under this name before".to_owned(),
            );
            writeln!(out, "  {replaced}")?;
        }
        if let Some(Alike { file: other, things }) = &file.alike {
            let same = by(
                format!(
                    "{things} sen asioista on myös tiedostossa {other}: jos tämä on siitä uusi versio, tuo se valitsimella \
                     --as {other}; --withdraw poistaa sen, mikä tuotiin nimellä {}",
                    file.file
                ),
                format!(
                    "{things} av dess saker finns också i {other}: om detta är en ny version av den, importera med \
                     --as {other}; --withdraw tar bort det som importerats som {}",
                    file.file
                ),
                format!(
                    "{things} of its things stand in {other} too: if this is a new version of that, import it with \
                     --as {other}; --withdraw takes out what was imported as {}",
                    file.file
                ),
            );
            writeln!(out, "  {same}")?;
        }
    }
    let doubtful: usize = imported.files.iter().map(|file| file.doubtful).sum();
    if doubtful > 0 {
        let command = format!("viite match list --region {}", imported.region);
        let ask = by(
            format!("{doubtful} muuta voi olla viitteessä: '{command}' luettelee ne"),
            format!("{doubtful} till kan finnas i referensen: '{command}' visar dem"),
            format!("{doubtful} more may be in the reference: '{command}' shows them"),
        );
        writeln!(out, "  {ask}")?;
    }
    let same: usize = imported.files.iter().map(|file| file.same_names).sum();
    if same > 0 {
        let told = by(
            format!(
                "{same} asialla on uusi tunniste mutta poistuneen nimi ja tyyppi: --same-names pitää ne samoina, \
                 ja niistä tehdyt päätökset pysyvät"
            ),
            format!(
                "{same} saker har en ny identifierare men namn och typ som en som försvann: --same-names tar dem för \
                 desamma, och besluten om dem består"
            ),
            format!(
                "{same} things have a new identifier, but the name and type of one that is gone: --same-names takes \
                 them for the same, and what was decided about them stays"
            ),
        );
        writeln!(out, "  {told}")?;
    }
    if !imported.losses.is_empty() {
        let count = imported.losses.len();
        let heading = by(
            format!("{count} huomautusta siitä, mitä korjattiin, jätettiin pois tai jätettiin ennalleen"),
            format!("{count} anmärkningar om vad som rättades, lämnades bort eller lämnades som det är"),
            format!("{count} notes on what was mended, left out or left as it is"),
        );
        writeln!(out, "\n{heading}")?;
        // What is not in the repository comes first.
        let mut losses: Vec<&Loss> = imported.losses.iter().collect();
        losses.sort_by_key(|loss| loss.fate);
        for loss in losses.into_iter().take(LISTED) {
            writeln!(out, "  {}", loss.told(language))?;
        }
        if count > LISTED {
            let rest = count - LISTED;
            let more = by(
                format!("… ja {rest} muuta; --format json luettelee kaikki"),
                format!("… och {rest} till; --format json visar alla"),
                format!("… {rest} more; --format json lists them all"),
            );
            writeln!(out, "  {more}")?;
        }
    }
    let (added, removed, region) = (imported.added, imported.removed, &imported.region);
    let ending = match (imported.dry_run, imported.revision) {
        (true, _) => by(
            format!("Kokeilu: {added} tietoa lisättäisiin ja {removed} poistettaisiin. Mitään ei muutettu."),
            format!("Provkörning: {added} uppgifter skulle läggas till och {removed} tas bort. Inget ändrades."),
            format!("Dry run: {added} facts would be added, {removed} removed. Nothing was changed."),
        ),
        (false, Some(revision)) => by(
            format!(
                "Revisio {revision}: {added} tietoa lisätty, {removed} poistettu. Ks. 'viite check --region {region}'."
            ),
            format!(
                "Revision {revision}: {added} uppgifter tillagda, {removed} borttagna. Se 'viite check --region {region}'."
            ),
            format!(
                "Revision {revision}: {added} facts added, {removed} removed. See 'viite check --region {region}'."
            ),
        ),
        (false, None) => by(
            "Mikään ei muuttunut: tietovarastossa on jo sama sisältö.".to_owned(),
            "Inget ändrades: samma innehåll finns redan.".to_owned(),
            "Nothing changed: the repository says this already.".to_owned(),
        ),
    };
    writeln!(out, "\n{ending}")?;
    finish(out)
}
