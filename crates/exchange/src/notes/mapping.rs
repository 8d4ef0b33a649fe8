//! What a mapping makes of a description.

super::notes! {
    Mended language_unknown(tag) {
        what: "kieli '{tag}'", "språket '{tag}'", "the language '{tag}'";
        why: "se ei ole kielitunnus; tekstit, joilla se on, luetaan ilman kieltä",
            "det är ingen språkkod; texter som har den läses utan språk",
            "it is no language tag; texts that have it are read without a language";
    }
    Kept element_type_unmapped(name, count, profile) {
        what: "elementtityyppi {name} ({count} kpl)", "elementtypen {name} ({count} st)", "element type {name} ({count}×)";
        why: "profiili '{profile}' ei sano siitä tässä mitään; se säilyy ArchiMaten tietoina (paikka on ensimmäisen)",
            "profilen '{profile}' säger inget om den här; den behålls som uppgifter i ArchiMate (platsen är den förstas)",
            "the mapping '{profile}' says nothing of it here; kept as facts of ArchiMate (the place is the first one's)";
    }
    Kept relationship_type_unmapped(name, count, profile) {
        what: "suhdetyyppi {name} ({count} kpl)", "relationstypen {name} ({count} st)", "relationship type {name} ({count}×)";
        why: "profiili '{profile}' ei sano siitä tässä mitään; se säilyy ArchiMaten tietoina (paikka on ensimmäisen)",
            "profilen '{profile}' säger inget om den här; den behålls som uppgifter i ArchiMate (platsen är den förstas)",
            "the mapping '{profile}' says nothing of it here; kept as facts of ArchiMate (the place is the first one's)";
    }
    Kept property_key_unmapped(name, count, profile) {
        what: "ominaisuuden avain {name} ({count} kpl)", "egenskapsnyckeln {name} ({count} st)", "property key {name} ({count}×)";
        why: "profiili '{profile}' ei sano siitä tässä mitään; se säilyy ArchiMaten tietoina (paikka on ensimmäisen)",
            "profilen '{profile}' säger inget om den här; den behålls som uppgifter i ArchiMate (platsen är den förstas)",
            "the mapping '{profile}' says nothing of it here; kept as facts of ArchiMate (the place is the first one's)";
    }
    Kept responsibility_unknown(kind) {
        what: "vastuu '{kind}'", "ansvaret '{kind}'", "the responsibility '{kind}'";
        why: "profiili ei tunne sellaista vastuun lajia, joten kukaan ei tule vastuuseen: kirjoita tilivelvollinen, vastuutaho, \
            osallistuja tai RACI-kirjain",
            "profilen känner ingen sådan ansvarstyp, så ingen blir ansvarig: skriv ytterst ansvarig, ansvarig, medverkande \
            eller en RACI-bokstav",
            "the mapping knows no such kind, so nobody becomes responsible: write accountable, responsible, contributor or a \
            RACI letter";
    }
    Kept relationship_ended(day) {
        what: "suhde, joka päättyi {day}", "en relation som upphörde {day}", "a relationship that ended on {day}";
        why: "se säilyy päivineen, mutta sitä ei lueta nykytilaksi",
            "den behålls med sina datum, men räknas inte som nuläge",
            "it is kept with its days, and not taken for the current state";
    }
    Kept relationship_not_begun(day) {
        what: "suhde, joka alkaa {day}", "en relation som börjar {day}", "a relationship that begins on {day}";
        why: "se säilyy päivineen; nykytilaan se luetaan, kun aineisto tuodaan sen alettua",
            "den behålls med sina datum; till nuläget räknas den när materialet importeras efter den dagen",
            "it is kept with its days; it belongs to the current state when the file is imported after that day";
    }
    Lost junction_limit(count) {
        what: "muut kuin {count} ensimmäistä suhdetta, jotka liitoskohdat yhdistävät tähän",
            "alla utom de {count} första relationerna som knutpunkter förenar med denna",
            "all but the first {count} relationships that junctions join to this one";
        why: "ne säilyvät ArchiMaten tietoina, mutta niistä ei tule integraatioita",
            "de behålls som uppgifter i ArchiMate, men ger inga integrationer",
            "they are kept as facts of ArchiMate, but give no integrations";
    }

    // Values that a property does not take.
    Kept value_names_nothing(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "arvo ei nimeä mitään", "värdet namnger ingenting", "it names nothing";
    }
    Kept value_not_one_thing(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "tiedostossa ei ole yhtä sen nimistä asiaa", "filen har ingen entydig sak med det namnet",
            "the file has no one thing of that name";
    }
    Kept value_no_decimal(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "kirjoita luku, esimerkiksi 1 250 000,50", "skriv ett tal, till exempel 1 250 000,50",
            "write a number, such as 1 250 000,50";
    }
    Kept value_no_integer(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "kirjoita kokonaisluku", "skriv ett heltal", "write a whole number";
    }
    Kept value_no_boolean(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "kirjoita kyllä tai ei", "skriv ja eller nej", "write yes or no";
    }
    Kept value_no_date(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "kirjoita päivä muodossa 31.1.2026 tai 2026-01-31, tai vuosi",
            "skriv en dag som 31.1.2026 eller 2026-01-31, eller ett år",
            "write a day as 2026-01-31 or 31.1.2026, or a year";
    }
    Kept value_no_code(key, value, codes) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "kirjoita jokin näistä: {codes}", "skriv ett av dessa: {codes}", "write one of: {codes}";
    }
    Kept value_no_class(key, value) {
        what: "{key} = '{value}'", "{key} = '{value}'", "{key} = '{value}'";
        why: "profiili ei tunne sen nimistä erikoistusta", "profilen känner ingen specialisering med det namnet",
            "the mapping knows no specialisation of that name";
    }
}
