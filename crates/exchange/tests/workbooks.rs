//! Workbooks: our own, and those that people made for themselves.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook as Xlsx};
use viite_exchange::workbook::Workbook;
use viite_exchange::{Import, Mapping, ReadError, ReadOptions, read};
use viite_model::{Language, Names, State, ns};

fn try_import(file: &str, bytes: &[u8], mapping: &Mapping) -> Result<Import, ReadError> {
    let names = Names::new("https://example.org/ea/").unwrap();
    let options = ReadOptions { language: Some(Language::Fi), mapping, ..ReadOptions::new(&names, "99") };
    read(file, bytes, &options)
}

fn import(file: &str, bytes: &[u8]) -> Import {
    try_import(file, bytes, Mapping::archimate()).unwrap()
}

fn facts(import: &Import) -> Vec<String> {
    let short = |iri: &str| match iri.strip_prefix("https://example.org/ea/region/99/") {
        Some(id) => format!("<{id}>"),
        None => ns::shorten(iri),
    };
    let object = |term: &oxrdf::Term| match term {
        oxrdf::Term::NamedNode(node) => short(node.as_str()),
        oxrdf::Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    let subject = |triple: &oxrdf::Triple| short(triple.subject.to_string().trim_matches(['<', '>']));
    let fact = |t: &oxrdf::Triple| format!("{} {} {}", subject(t), short(t.predicate.as_str()), object(&t.object));
    import.triples.iter().map(fact).collect()
}

#[track_caller]
fn has(import: &Import, wanted: &[&str]) {
    let facts = facts(import);
    for fact in wanted {
        assert!(facts.iter().any(|known| known == fact), "{fact}\n{}\n{:#?}", facts.join("\n"), import.losses);
    }
}

/// A workbook of sheets with rows of text.
fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut xlsx = Xlsx::new();
    for (name, rows) in sheets {
        let page = xlsx.add_worksheet();
        page.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                page.write_string(row, column, *cell).unwrap();
            }
        }
    }
    xlsx.save_to_buffer().unwrap()
}

#[test]
fn a_filled_sheet_in_any_language_becomes_the_same_facts() {
    let fi: &[&[&str]] = &[
        &["Tunniste *", "Nimi *", "Toiminto", "Sisältää henkilötietoja", "Voimassa alkaen", "Omistaja"],
        &["J1", "Effica", "Ajanvaraus; Kirjaus", "kyllä", "1.2.2024", "Virasto"],
    ];
    let sv: &[&[&str]] = &[
        &["Identifierare", "Namn", "Funktion", "Innehåller personuppgifter", "Giltig från", "Ägare"],
        &["J1", "Effica", "Ajanvaraus\nKirjaus", "ja", "2024-02-01", "Virasto"],
    ];
    let fi = import("a.xlsx", &book(&[("Tietojärjestelmät", fi)]));
    let sv = import("a.xlsx", &book(&[("Informationssystem", sv)]));
    let meaning = |import: &Import| {
        let mut facts = facts(import);
        facts.retain(|fact| !fact.contains("viite:sourceSheet"));
        facts.retain(|fact| !fact.contains("viite:sourceCell"));
        facts
    };
    assert_eq!(meaning(&fi), meaning(&sv));
    has(
        &fi,
        &[
            "<J1> rdf:type viite:InformationSystem",
            "<J1> viite:function <named~Function~ajanvaraus>",
            "<J1> viite:function <named~Function~kirjaus>",
            "<J1> viite:personalData true",
            "<J1> viite:validFrom 2024-02-01",
            "<J1> viite:sourceSheet Tietojärjestelmät",
            "<J1> viite:sourceCell A2",
        ],
    );
    assert!(fi.losses.is_empty(), "{:#?}", fi.losses);
}

#[test]
fn the_template_reads_back_as_an_empty_description_and_says_so() {
    for language in Language::ALL {
        let bytes = Workbook::description().template(language).unwrap();
        let error = try_import("t.xlsx", &bytes, Mapping::archimate()).unwrap_err();
        assert!(error.to_string().contains("describes nothing"), "{error}");
    }
}

#[test]
fn a_thing_of_one_sheet_is_known_on_the_others() {
    let import = import(
        "a.xlsx",
        &book(&[
            (
                "Integraatiot",
                &[&["Lähde", "Kohde", "Tietoryhmä"], &["Effica", "J2", "Potilastiedot"], &["Effica", "Outo", ""]],
            ),
            ("Tietojärjestelmät", &[&["Tunniste", "Nimi"], &["J1", "Effica"], &["J2", "Ajanvaraus"]]),
            ("Tietoryhmät", &[&["Tunniste", "Nimi"], &["T1", "Potilastiedot"]]),
            ("Vastuut", &[&["Vastuun kohde", "Toimija", "Vastuu"], &["Effica", "Virasto", "tilivelvollinen"]]),
        ]),
    );
    has(&import, &["<J1> viite:integratesWith <J2>", "<J1> viite:accountable <named~BusinessActor~virasto>"]);
    assert!(facts(&import).iter().any(|fact| fact.ends_with("viite:dataGroup <T1>")));
    let [loss] = &import.losses[..] else { panic!("{:#?}", import.losses) };
    assert_eq!(loss.at, "a.xlsx:Integraatiot!B3");
    assert!(loss.told(Language::Fi).what.contains("'Outo'"), "{loss:?}");
}

#[test]
fn a_portfolio_of_somebodys_own_is_read_with_what_is_odd_in_it() {
    let import = import(
        "Salkku.xlsx",
        &book(&[(
            "Järjestelmäsalkku 2024",
            &[
                &["Kaupungin järjestelmät", "", "", ""],
                &["", "", "", ""],
                &["Järjestelmän\nnimi *", "Omistaja (pakollinen)", "Kriittisyys:", "Sisältää henkilötietoja"],
                &["Effica", "Terveys\nSosiaali", "0", "ei"],
                &["Pegasos", "-", "A", "kyllä"],
            ],
        )]),
    );
    has(
        &import,
        &[
            "<ApplicationComponent~effica> viite:owner <named~Actor~terveys>",
            "<ApplicationComponent~effica> viite:owner <named~Actor~sosiaali>",
            "<ApplicationComponent~effica> viite:personalData false",
            "<ApplicationComponent~pegasos> viite:criticality A",
        ],
    );
    let facts = facts(&import);
    assert!(!facts.iter().any(|fact| fact.starts_with("<ApplicationComponent~effica> viite:criticality")));
    assert!(!facts.iter().any(|fact| fact.starts_with("<ApplicationComponent~pegasos> viite:owner")));
    let places: Vec<&str> = import.losses.iter().map(|loss| loss.at.as_str()).collect();
    assert_eq!(
        places,
        [
            "Salkku.xlsx:Järjestelmäsalkku 2024!A1",
            "Salkku.xlsx:Järjestelmäsalkku 2024!A1",
            "Salkku.xlsx:Järjestelmäsalkku 2024!C4"
        ]
    );
}

#[test]
fn merged_cells_days_numbers_and_formulas_are_read_as_they_are_shown() {
    let mut xlsx = Xlsx::new();
    let page = xlsx.add_worksheet();
    page.set_name("Tietojärjestelmät").unwrap();
    for (column, header) in (0..).zip(["Nimi", "Omistaja", "Voimassa asti", "Koodi"]) {
        page.write(0, column, header).unwrap();
    }
    page.write(1, 0, "A").unwrap();
    page.write(2, 0, "B").unwrap();
    page.merge_range(1, 1, 2, 1, "Virasto", &Format::new()).unwrap();
    let day = Format::new().set_num_format("d.m.yyyy");
    page.write_with_format(1, 2, ExcelDateTime::from_ymd(2025, 12, 31).unwrap(), &day).unwrap();
    page.write(1, 3, 7.0).unwrap();
    page.write_formula(2, 3, rust_xlsxwriter::Formula::new("=3+4").set_result("7")).unwrap();
    let import = import("a.xlsx", &xlsx.save_to_buffer().unwrap());
    has(
        &import,
        &[
            "<ApplicationComponent~a> viite:owner <named~Actor~virasto>",
            "<ApplicationComponent~b> viite:owner <named~Actor~virasto>",
            "<ApplicationComponent~a> viite:validUntil 2025-12-31",
            "<ApplicationComponent~a> viite:code 7",
            "<ApplicationComponent~b> viite:code 7",
        ],
    );
}

#[test]
fn workbooks_of_every_program_say_the_same() {
    // One sheet saved three times by one program: a merged owner, a day, a formula, yes and no, "0", "-", a hidden sheet.
    let books: [(&str, &[u8]); 3] = [
        ("a.xlsx", include_bytes!("fixtures/systems.xlsx")),
        ("a.xls", include_bytes!("fixtures/systems.xls")),
        ("a.ods", include_bytes!("fixtures/systems.ods")),
    ];
    let mut told = Vec::new();
    for (file, bytes) in books {
        let import = import(file, bytes);
        has(
            &import,
            &[
                "<ApplicationComponent~usva> viite:owner <named~Actor~virasto>",
                "<ApplicationComponent~halla> viite:owner <named~Actor~virasto>",
                "<ApplicationComponent~usva> viite:validUntil 2025-12-31",
                "<ApplicationComponent~halla> viite:validUntil 2026-02-01",
                "<ApplicationComponent~usva> viite:code 7",
                "<ApplicationComponent~halla> viite:code 7.25",
                "<ApplicationComponent~kaste> viite:code 7,5",
                "<ApplicationComponent~usva> viite:function <named~Function~ajanvaraus>",
                "<ApplicationComponent~usva> viite:function <named~Function~kirjaus>",
                "<ApplicationComponent~usva> viite:personalData true",
                "<ApplicationComponent~halla> viite:personalData false",
                "<ApplicationComponent~halla> viite:sourceCell A3",
            ],
        );
        let facts: Vec<String> = facts(&import).iter().map(|fact| fact.replace(file, "FILE")).collect();
        assert!(!facts.iter().any(|fact| fact.starts_with("<ApplicationComponent~kaste> viite:owner")), "{file}");
        assert!(!facts.iter().any(|fact| fact.starts_with("<ApplicationComponent~usva> viite:criticality")), "{file}");
        let losses: Vec<String> =
            import.losses.iter().map(|loss| format!("{} {}", loss.at, loss.told(Language::En).what)).collect();
        assert!(losses.iter().any(|loss| loss.contains("Apulista")), "{losses:?}");
        told.push((facts, losses.iter().map(|loss| loss.replace(file, "FILE")).collect::<Vec<_>>()));
    }
    assert_eq!(told[0], told[1], "xlsx and xls");
    assert_eq!(told[0], told[2], "xlsx and ods");
}

/// An OpenDocument spreadsheet with this in its sheet.
fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<o:document-content xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:t='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:x='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>\
         <o:body><o:spreadsheet><t:table t:name='Palvelut'><t:table-row><t:table-cell><x:p>Nimi</x:p></t:table-cell>\
         </t:table-row>{rows}</t:table></o:spreadsheet></o:body></o:document-content>"
    );
    zipped(&[("META-INF/manifest.xml", b"<m/>"), ("content.xml", content.as_bytes())])
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_formula_that_no_program_computed_is_told_and_one_that_shows_nothing_is_not() {
    let text = |at: &str, text: &str| format!("<c r='{at}' t='inlineStr'><is><t>{text}</t></is></c>");
    let page = format!(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='1'>{}{}</row>\
         <row r='2'>{}<c r='B2'><f>CONCAT(\"V\",1)</f><v/></c></row><row r='3'>{}<c r='B3' t='str'><f>\"\"</f><v></v></c></row>\
         <row r='4'>{}<c r='B4' t='str'><f>\"V\"</f><v>V</v></c></row><row r='5'>{}<c r='B5' s='0'/></row></sheetData></worksheet>",
        text("A1", "Nimi"),
        text("B1", "Omistaja"),
        text("A2", "Usva"),
        text("A3", "Halla"),
        text("A4", "Kaste"),
        text("A5", "Routa")
    );
    let parts = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='{parts}'><sheets>\
         <sheet name='Tietojärjestelmät' sheetId='1' r:id='rId1'/></sheets></workbook>"
    );
    let relations = |what: &str, target: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
             <Relationship Id='rId1' Type='{parts}/{what}' Target='{target}'/></Relationships>"
        )
    };
    let import = import(
        "a.xlsx",
        &zipped(&[
            ("xl/workbook.xml", book.as_bytes()),
            ("_rels/.rels", relations("officeDocument", "xl/workbook.xml").as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml").as_bytes()),
            ("xl/worksheets/sheet1.xml", page.as_bytes()),
        ]),
    );
    has(&import, &["<ApplicationComponent~kaste> viite:owner <named~Actor~v>"]);
    let [loss] = &import.losses[..] else { panic!("{:#?}", import.losses) };
    assert_eq!(
        (loss.at.as_str(), loss.told(Language::En).what),
        ("a.xlsx:Tietojärjestelmät!B2", "the value of a formula")
    );
}

#[test]
fn text_in_a_cell_of_an_open_document_may_have_marks_and_comments() {
    let import = import(
        "a.ods",
        &open_document(
            "<t:table-row t:number-rows-repeated='3'><t:table-cell/></t:table-row><t:table-row><t:table-cell>\
             <o:annotation><x:p>kysy</x:p></o:annotation><x:p>Ajan<x:span>varaus</x:span><x:s/>netissä</x:p>\
             </t:table-cell></t:table-row>",
        ),
    );
    has(&import, &["<BusinessService~ajanvaraus%20netissä> rdfs:label Ajanvaraus netissä"]);
    assert!(facts(&import).iter().any(|fact| fact.ends_with("viite:sourceCell A5")), "empty rows count");
    assert!(import.losses.is_empty(), "{:#?}", import.losses);
}

#[test]
fn what_a_small_workbook_says_is_repeated_is_refused_before_it_fills_the_memory() {
    let long = "a".repeat(100_000);
    let cell = |attributes: &str, text: &str| format!("<t:table-cell {attributes}><x:p>{text}</x:p></t:table-cell>");
    let row = |attributes: &str, cells: &str| format!("<t:table-row {attributes}>{cells}</t:table-row>");
    let far = "<t:table-cell t:number-columns-repeated='4000000000'/>";
    for rows in [
        row("t:number-rows-repeated='1048576'", &cell("t:number-columns-repeated='16384'", "a")),
        row("t:number-rows-repeated='1048576'", &cell("", &long)),
        row("", &cell("t:number-columns-repeated='1048576'", &long)),
        row("", &format!("{far}{}", cell("", "a"))),
    ] {
        let error = try_import("a.ods", &open_document(&rows), Mapping::archimate()).unwrap_err();
        assert_eq!(error.fault, viite_exchange::Fault::TooLarge, "{error}");
        assert!(error.to_string().starts_with("a.ods:Palvelut: "), "{error}");
    }
    let deep = "<t:table-row t:number-rows-repeated='4294967295'/>";
    assert!(
        try_import("a.ods", &open_document(&format!("{deep}{}", row("", &cell("", "a")))), Mapping::archimate())
            .is_ok()
    );
    let mut xlsx = Xlsx::new();
    let page = xlsx.add_worksheet();
    page.set_name("Palvelut").unwrap();
    for row in 0..600 {
        page.write(row, 16_383, "a").unwrap();
    }
    let error = try_import("a.xlsx", &xlsx.save_to_buffer().unwrap(), Mapping::archimate()).unwrap_err();
    assert_eq!(error.fault, viite_exchange::Fault::TooLarge, "{error}");
}

/// A binary workbook of Excel (MS-XLSB) with a sheet of these records after its header row.
fn binary(records: &[(u8, Vec<u8>)]) -> Vec<u8> {
    fn wide(text: &str) -> Vec<u8> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let length = u32::try_from(units.len()).unwrap().to_le_bytes();
        length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
    }
    // A record is its type, its length, its content; types from 128 take two bytes.
    fn record(kind: u8, content: &[u8]) -> Vec<u8> {
        let kind = if kind < 0x80 { vec![kind] } else { vec![kind, 1] };
        [&kind[..], &[u8::try_from(content.len()).unwrap()], content].concat()
    }
    fn cell(column: u32, text: &str) -> Vec<u8> {
        record(0x06, &[&column.to_le_bytes()[..], &[0; 4], &wide(text)].concat())
    }
    let sheet = [&[0; 8][..], &wide("rId1"), &wide("Palvelut")].concat();
    let book = [record(0x9C, &sheet), record(0x90, &[]), record(0x84, &[])].concat();
    let mut page = [record(0x94, &[0; 16]), record(0x91, &[]), record(0, &[0; 17])].concat();
    page.extend(["Nimi", "Koodi"].iter().zip(0..).flat_map(|(text, column)| cell(column, text)));
    page.extend(record(0, &[&1_u32.to_le_bytes()[..], &[0; 13]].concat()));
    page.extend(cell(0, "Ajanvaraus"));
    page.extend(records.iter().flat_map(|(kind, content)| record(*kind, content)));
    page.extend(record(0x92, &[]));
    let relations = b"<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.bin'/></Relationships>".to_vec();
    zipped(&[
        ("xl/_rels/workbook.bin.rels", &relations),
        ("xl/workbook.bin", &book),
        ("xl/worksheets/sheet1.bin", &page),
    ])
}

#[test]
fn a_binary_workbook_is_read_and_a_broken_one_refused() {
    let number = [&1_u32.to_le_bytes()[..], &[0; 4], &7.5_f64.to_le_bytes()].concat();
    let whole = import("a.xlsb", &binary(&[(0x05, number)]));
    has(&whole, &["<BusinessService~ajanvaraus> viite:code 7.5", "<BusinessService~ajanvaraus> viite:sourceCell A2"]);
    // A text of the shared ones, where there are none.
    let error = try_import("a.xlsb", &binary(&[(0x07, vec![1; 12])]), Mapping::archimate()).unwrap_err();
    assert!(error.to_string().contains("the workbook cannot be read: its records contradict"), "{error}");
}

#[test]
fn a_workbook_under_a_password_says_so() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("META-INF/manifest.xml", "<m:encryption-data/>"), ("content.xml", "?")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, text.as_bytes()).unwrap();
    }
    let error = try_import("a.ods", &zip.finish().unwrap().into_inner(), Mapping::archimate()).unwrap_err();
    assert!(error.to_string().contains("protected by a password"), "{error}");
}

#[test]
fn a_profile_says_what_columns_of_ones_own_are() {
    let profile = "name = 'own'\n[[tables]]\nnames = ['Salkku*']\nclass = 'viite:InformationSystem'\nheader = 2\n\
        [tables.columns]\n'Mikä' = 'name'\n'Kenen' = 'viite:owner'\n'Muuta' = '-'\n";
    let mapping = Mapping::parse("own.toml", profile).unwrap();
    let rows: &[&[&str]] = &[&["tunniste", "nimi", "kuvaus"], &["Mikä", "Kenen", "Muuta"], &["Effica", "Terveys", "x"]];
    let import = try_import("a.xlsx", &book(&[("Salkku 1", rows)]), &mapping).unwrap();
    assert_eq!(import.elements, 1);
    let facts = facts(&import);
    assert!(facts.iter().any(|fact| fact.contains("viite:owner <named~Actor~terveys>")), "{facts:#?}");
    assert!(!facts.iter().any(|fact| fact.contains("Muuta")), "{facts:#?}");
}

#[test]
fn sheets_that_hold_no_table_are_left_out_with_a_note() {
    let bytes = book(&[("Kansi", &[&["Meidän kuvaus"]]), ("Palvelut", &[&["Nimi"], &["Ajanvaraus"]])]);
    let import = import("a.xlsx", &bytes);
    assert_eq!(import.elements, 1);
    assert_eq!(import.losses.len(), 1, "{:#?}", import.losses);
    let error = try_import("b.xlsx", &book(&[("Kansi", &[&["Meidän kuvaus"]])]), Mapping::archimate()).unwrap_err();
    assert!(error.to_string().contains("no sheet"), "{error}");
}

#[test]
fn a_workbook_cut_off_is_refused_with_what_to_do() {
    let bytes = book(&[("Palvelut", &[&["Nimi"], &["Ajanvaraus"]])]);
    let error = try_import("a.xlsx", &bytes[..bytes.len() / 2], Mapping::archimate()).unwrap_err();
    assert!(error.to_string().contains("get it again"), "{error}");
}

#[test]
fn the_three_tables_of_archi_are_one_model() {
    let names = Names::new("https://example.org/ea/").unwrap();
    let options = ReadOptions::new(&names, "99");
    let tables = [
        (
            "elements.csv",
            "\"ID\",\"Type\",\"Name\",\"Documentation\"\n\"m\",\"ArchimateModel\",\"Malli\",\"\"\n\"a\",\"ApplicationComponent\",\"A\",\"x\"\n\"b\",\"DataObject\",\"B\",\"\"\n",
        ),
        (
            "properties.csv",
            "\"ID\",\"Key\",\"Value\"\n\"a\",\"omistaja\",\"Virasto\"\n\"r\",\"Access_Type\",\"Read\"\n\"zz\",\"k\",\"v\"\n",
        ),
        (
            "relations.csv",
            "\"ID\",\"Type\",\"Name\",\"Documentation\",\"Source\",\"Target\"\n\"r\",\"AccessRelationship\",\"\",\"\",\"a\",\"b\"\n",
        ),
    ];
    let tables = tables.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let import = viite_exchange::read_tables("set", &tables, &options).unwrap();
    assert_eq!((import.elements, import.relationships), (2, 1));
    has(
        &import,
        &["<a> viite:dataGroup <b>", "<r> archimate:accessType read", "<a> viite:owner <named~Actor~virasto>"],
    );
    assert_eq!(import.losses.len(), 1, "{:#?}", import.losses);
    assert!(import.losses[0].at.starts_with("properties.csv:4"), "{:?}", import.losses);
}

#[test]
fn what_has_ended_or_not_begun_keeps_its_days_and_says_nothing_of_today() {
    let names = Names::new("https://example.org/ea/").unwrap();
    let tables: [(&str, &str); 3] = [
        ("systems.csv", "id;nimi\nj1;Usva\nj2;Halla\n"),
        (
            "responsibilities.csv",
            "id;vastuun kohde;toimija;vastuu;voimassa alkaen;voimassa asti\n\
             v1;Usva;Vanha yksikkö;tilivelvollinen;1.1.2019;31.12.2022\n\
             v2;Usva;Uusi yksikkö;tilivelvollinen;2023;\n\
             v3;Usva;Tuleva yksikkö;vastuutaho;1.1.2031;\n",
        ),
        ("integrations.csv", "id;lähde;kohde;voimassa asti\ni1;Usva;Halla;2024\n"),
    ];
    let files: Vec<(String, Vec<u8>)> =
        tables.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    let of = |today, state| {
        let options = ReadOptions { language: Some(Language::Fi), today, state, ..ReadOptions::new(&names, "99") };
        viite_exchange::read_files("kuvaus", files.clone(), &options).unwrap()
    };
    let says = |import: &Import, fact: &str| facts(import).iter().any(|known| known.starts_with(fact));
    let now = of(Some("2026-06-01"), State::Current);
    has(&now, &["<j1> viite:accountable <named~BusinessActor~uusi%20yksikkö>"]);
    assert!(facts(&now).iter().any(|fact| fact.ends_with(" viite:validUntil 2022-12-31")), "{:#?}", facts(&now));
    assert!(!says(&now, "<j1> viite:accountable <named~BusinessActor~vanha"), "{:#?}", facts(&now));
    assert!(!says(&now, "<j1> viite:responsible"), "{:#?}", facts(&now));
    assert!(!says(&now, "<j1> viite:integratesWith"), "{:#?}", facts(&now));
    let told: Vec<String> = now.losses.iter().map(|loss| loss.told(Language::En).what.to_string()).collect();
    for note in ["ended on 2022-12-31", "begins on 2031-01-01", "ended on 2024-12-31"] {
        assert!(told.iter().any(|what| what.ends_with(note)), "{note}: {told:?}");
    }
    // A target state tells of days to come, and a reader that is told no day takes none into account.
    for open in [of(Some("2026-06-01"), State::Target), of(None, State::Current)] {
        has(&open, &["<j1> viite:accountable <named~BusinessActor~vanha%20yksikkö>", "<j1> viite:integratesWith <j2>"]);
    }
}
