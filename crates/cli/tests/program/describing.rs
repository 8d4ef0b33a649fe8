use crate::support::Place;
use std::{collections::HashMap, fmt::Write};

const MODEL: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix nat: <https://w3id.org/viite/reference/service/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .
:kertomus a viite:InformationSystem ; rdfs:label "Korpikertomus"@fi ; viite:function :kirjaus ; viite:owner :vastaanotto ;
  viite:dataGroup :potilastiedot ; viite:integratesWith nat:kanta-patient-data-repository .
:vanha a viite:InformationSystem ; rdfs:label "Ålderdom"@sv ; viite:function :kirjaus .
:kirjaus a viite:Function ; rdfs:label "Kirjaus"@fi .
:potilastiedot a viite:DataGroup ; rdfs:label "Potilastiedot"@fi .
:vastaanotto a viite:Actor ; rdfs:label "Korven vastaanotto"@fi .
"#;

fn with_model() -> Place {
    let place = Place::with_region();
    place.write("model.ttl", MODEL);
    place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    place
}

fn described(place: &Place, arguments: &[&str]) -> String {
    place.viite(&[&["describe"], arguments].concat()).good().stdout
}

#[test]
fn a_region_s_description_has_every_chapter_of_the_grid_and_says_what_is_missing() {
    let place = with_model();
    let text = described(&place, &["X1", "--lang", "en"]);
    for chapter in
        ["Principle level", "Operations", "Information", "Information systems", "Technology", "Implementation"]
    {
        assert!(text.contains(&format!(" {chapter}\n")), "no chapter '{chapter}' in\n{text}");
    }
    assert!(text.contains("> **Not described.**"), "{text}");
    assert!(text.contains(" State of conformance\n"), "{text}");
}

#[test]
fn the_three_languages_say_the_same_in_their_own_words() {
    let place = with_model();
    let texts = ["fi", "sv", "en"].map(|language| described(&place, &["X1", "--lang", language]));
    let shape = |text: &str| {
        text.lines()
            .filter_map(|line| line.split_once(' ').map(|(mark, _)| mark))
            .filter(|mark| mark.starts_with('#'))
            .count()
    };
    assert_eq!(shape(&texts[0]), shape(&texts[1]));
    assert_eq!(shape(&texts[0]), shape(&texts[2]));
    assert!(texts[0].starts_with("# Arkkitehtuurikuvaus:"), "{}", texts[0]);
    assert!(texts[1].starts_with("# Arkitekturbeskrivning:"), "{}", texts[1]);
}

#[test]
fn a_title_bears_the_region_s_name_as_it_is_and_a_text_of_a_model_stands_without_holes() {
    let place = with_model();
    let holes = MODEL.replace("\"Kirjaus\"@fi", "\"Kirjaus\\t\\n\\n   tehdään\"@fi");
    place.write("model.ttl", &holes);
    place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    let text = described(&place, &["X1", "--lang", "sv"]);
    assert!(!text.lines().next().unwrap().contains("(fi)"), "{text}");
    assert!(text.contains("Kirjaus tehdään (fi)"), "{text}");
}

#[test]
fn every_measure_of_the_nation_tells_who_is_responsible() {
    let place = Place::with_region();
    let text = described(&place, &["--only", "measures", "--lang", "en"]);
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.contains("---"))
        .skip(1)
        .map(|line| line.split(" | ").collect())
        .collect();
    assert_eq!(rows.len(), 18);
    for (row, number) in rows.iter().zip(1..) {
        assert_eq!(row[1], number.to_string(), "in the order of their numbers");
        assert!(!row[2].is_empty(), "nobody is responsible for {}", row[0]);
    }
}

#[test]
fn one_product_can_be_asked_for_and_an_unknown_one_lists_those_that_exist() {
    let place = with_model();
    let text = described(&place, &["X1", "--only", "system-portfolio", "--lang", "en"]);
    assert_eq!(text.matches("\n### ").count(), 1, "{text}");
    let run = place.viite(&["describe", "X1", "--only", "nothing"]).ends_with(2);
    assert!(run.stderr.contains("system-portfolio"), "{}", run.stderr);
}

#[test]
fn the_file_s_ending_tells_the_format_and_an_unknown_one_leaves_the_old_file() {
    let place = with_model();
    place.viite(&["describe", "X1", "--output", "out.html"]).good();
    let html = std::fs::read_to_string(place.path().join("out.html")).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>"), "{html}");
    std::fs::write(place.path().join("out.odt"), "old").unwrap();
    let run = place.viite(&["describe", "X1", "--output", "out.odt"]).ends_with(2);
    assert!(run.stderr.contains("unknown format 'odt'"), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(place.path().join("out.odt")).unwrap(), "old");
}

#[test]
fn a_word_file_and_a_workbook_need_a_name() {
    let place = with_model();
    let run = place.viite(&["describe", "X1", "--format", "docx"]).ends_with(2);
    assert!(run.stderr.contains("--output"), "{}", run.stderr);
    for name in ["out.docx", "out.xlsx"] {
        place.viite(&["describe", "X1", "--output", name]).good();
        assert!(std::fs::read(place.path().join(name)).unwrap().starts_with(b"PK"), "{name}");
    }
}

#[test]
fn a_region_without_a_description_gets_a_document_that_says_what_to_deliver() {
    let place = Place::repository();
    let text = described(&place, &["06", "--lang", "en"]);
    assert!(text.contains("nothing is described yet"), "{text}");
    assert!(text.contains("| System portfolio | No systems are described."), "{text}");
}

#[test]
fn a_name_in_another_language_is_marked_and_what_must_be_told_and_is_not_is_counted() {
    let place = with_model();
    let text = described(&place, &["X1", "--lang", "fi"]);
    assert!(text.contains("Ålderdom (sv)"), "{text}");
    assert!(text.contains("– puuttuu"), "{text}");
    assert!(text.contains("Vastaava viranomainen (1)"), "{text}");
    let portfolio = described(&place, &["X1", "--lang", "fi", "--only", "system-portfolio"]);
    let (first, last) = (portfolio.find("Korpikertomus").unwrap(), portfolio.find("Ålderdom").unwrap());
    assert!(first < last, "å stands at the end of the alphabet:\n{portfolio}");
}

#[test]
fn a_repository_changes_adds_and_leaves_out_products() {
    let place = with_model();
    let folder = place.path().join("queries/describe/5-systems");
    std::fs::create_dir_all(&folder).unwrap();
    let product = |id: &str, more: &str| {
        format!(
            "#+ id: {id}\n#+ title: {{ fi: Oma, sv: Egen, en: Our own }}\n#+ about: {{ fi: a, sv: b, en: c }}\n\
             #+ empty: {{ fi: a, sv: b, en: c }}\n#+ columns:\n#+   system: {{ fi: a, sv: b, en: c }}\n{more}\
             SELECT ?system {{ ?system a viite:InformationSystem ; viite:inRegion ?region }}\n"
        )
    };
    std::fs::write(folder.join("90-our-own.rq"), product("our-own", "")).unwrap();
    std::fs::write(folder.join("20-system-portfolio.rq"), "#+ id: system-portfolio\n#+ off: true\n").unwrap();
    let text = described(&place, &["X1", "--lang", "en"]);
    assert!(text.contains(" Our own\n"), "{text}");
    assert!(!text.contains("System portfolio"), "{text}");
    std::fs::write(folder.join("80-gone.rq"), "#+ id: system-portfoli\n#+ off: true\n").unwrap();
    let run = place.viite(&["describe", "X1"]).ends_with(2);
    assert!(run.stderr.contains("80-gone.rq:1: there is no product 'system-portfoli'"), "{}", run.stderr);
    std::fs::remove_file(folder.join("80-gone.rq")).unwrap();
    std::fs::write(folder.join("95-wrong.rq"), product("wrong", "").replace("?system a", "?system")).unwrap();
    let run = place.viite(&["describe", "X1"]).ends_with(2);
    assert!(run.stderr.contains("95-wrong.rq:7: column "), "{}", run.stderr);
}

#[test]
fn the_nation_s_document_tells_the_reference_and_who_uses_what() {
    let text = described(&with_model(), &["--lang", "sv"]);
    assert!(text.contains("Nationella tjänster"), "{text}");
    assert!(text.contains("Folkpensionsanstalten"), "{text}");
}

#[test]
fn names_from_a_file_stay_text_in_html() {
    let place = Place::with_region();
    place.write(
        "hostile.ttl",
        "@prefix viite: <https://w3id.org/viite/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         <http://example.org/a> a viite:InformationSystem ; rdfs:label \"<script>alert(1)</script>\"@en .",
    );
    place.viite(&["import", "hostile.ttl", "--region", "X1"]).good();
    let html = described(&place, &["X1", "--lang", "en", "--format", "html"]);
    assert!(html.contains("&lt;script&gt;"), "{html}");
    assert!(!html.contains("<script>"), "{html}");
}

#[test]
fn one_system_has_a_fact_sheet_with_its_data_flows_and_what_is_missing() {
    let place = with_model();
    place.write(
        "flows.ttl",
        r#"
        @prefix viite: <https://w3id.org/viite/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix : <http://example.org/> .
        :flow a viite:Integration ; rdfs:label "lähetteet"@fi ; viite:source :other ; viite:target :sheet ; viite:dataGroup :d .
        :other a viite:InformationSystem ; rdfs:label "Lähettäjä"@fi .
        :sheet a viite:InformationSystem ; rdfs:label "Vastaanottaja"@fi .
        :d a viite:DataGroup ; rdfs:label "Lähetteet"@fi .
        "#,
    );
    place.viite(&["import", "flows.ttl", "--region", "X1"]).good();
    let text = described(&place, &["X1", "--system", "vastaanottaja", "--lang", "fi"]);
    assert!(text.starts_with("# Tietojärjestelmäkortti: Vastaanottaja"), "{text}");
    assert!(text.contains("Lähettäjä → Vastaanottaja (Lähetteet)"), "{text}");
    assert!(text.contains("| omistaja | – puuttuu |"), "{text}");
    let facts = text.split("Linjausten toteutuminen\n").next().unwrap();
    assert!(!facts.contains("Korpikertomus"), "only the one system: {text}");
    let run = place.viite(&["describe", "--system", "Vastaanottja"]).ends_with(2);
    assert!(run.stderr.contains("the nearest are Vastaanottaja"), "{}", run.stderr);
}

#[test]
fn the_gap_between_the_states_tells_what_goes_is_new_and_changes() {
    let place = with_model();
    let gap = ["X1", "--only", "gap-systems", "--lang", "en"];
    assert!(described(&place, &gap).contains("both the current and the target state must be described"));
    let target = MODEL
        .replace(":vanha a viite:InformationSystem ; rdfs:label \"Ålderdom\"@sv ; viite:function :kirjaus .", "")
        .replace("viite:owner :vastaanotto ;", "viite:owner :tieto ;")
        + ":tieto a viite:Actor ; rdfs:label \"Tietohallinto\"@fi . :uusi a viite:InformationSystem ; rdfs:label \"Uutuus\"@fi .";
    place.write("model.ttl", &target);
    place.viite(&["import", "model.ttl", "--region", "X1", "--state", "target"]).good();
    let text = described(&place, &gap);
    assert!(text.contains("| Ålderdom (sv) | goes |"), "{text}");
    assert!(text.contains("| Uutuus (fi) | new |"), "{text}");
    assert!(text.contains("| Korpikertomus (fi) | changes |"), "{text}");
    assert!(text.contains("Current state: Korven vastaanotto (fi)<br>Target state: Tietohallinto (fi)"), "{text}");
}

/// What a region writes into our workbook, it reads again in its description.
#[test]
fn everything_that_the_workbook_asks_for_stands_in_the_description() {
    let place = Place::with_region();
    let ranges = place.viite(&[
        "query",
        "SELECT ?property ?range WHERE { ?property rdfs:range ?range ; rdfs:isDefinedBy <https://w3id.org/viite/ns> }",
        "--format",
        "csv",
    ]);
    let ranges: HashMap<String, String> = ranges
        .good()
        .stdout
        .lines()
        .filter_map(|line| line.trim().split_once(','))
        .map(|(property, range)| (property.replace("https://w3id.org/viite/ns#", "viite:"), range.to_owned()))
        .collect();
    let layout = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/mappings/workbook.toml");
    let layout: toml::Table = std::fs::read_to_string(layout).unwrap().parse().unwrap();
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let mut model = String::from(
        "@prefix viite: <https://w3id.org/viite/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n\
         @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://example.org/> .\n",
    );
    let mut marks = Vec::new();
    for sheet in layout["sheets"].as_array().unwrap() {
        let (id, class) = (text(&sheet["id"]), text(&sheet["class"]));
        // The days of a responsibility decide whether the matrix shows it.
        if id == "responsibilities" {
            continue;
        }
        let mut fact = |predicate: &str, object: &str| writeln!(model, ":{id} {predicate} {object} .").unwrap();
        fact("a", &class);
        fact("rdfs:label", &format!("\"The {id}\"@en"));
        if class == "viite:Integration" {
            fact("viite:source", ":systems");
            fact("viite:target", ":services");
        }
        let mut others = String::new();
        for column in
            sheet["columns"].as_array().unwrap().iter().map(text).filter(|column| column.starts_with("viite:"))
        {
            let mark = format!("{id}-{}", column.trim_start_matches("viite:"));
            let range = ranges.get(&column).map_or("", |range| range.rsplit(['#', '/']).next().unwrap());
            match range {
                "boolean" => fact(&column, "true"),
                "date" => {
                    let year = format!("{}", 2100 + marks.len());
                    fact(&column, &format!("\"{year}-01-31\"^^xsd:date"));
                    marks.push((mark, year));
                }
                "string" => {
                    fact(&column, &format!("\"{mark}\""));
                    marks.push((mark.clone(), mark));
                }
                range => {
                    // What may be anything is another thing of this kind.
                    let class = if range.is_empty() { class.trim_start_matches("viite:") } else { range };
                    fact(&column, &format!(":{mark}"));
                    writeln!(others, ":{mark} a viite:{class} ; rdfs:label \"{mark}\" .").unwrap();
                    marks.push((mark.clone(), mark));
                }
            }
        }
        model.push_str(&others);
    }
    place.write("whole.ttl", &model);
    place.viite(&["import", "whole.ttl", "--region", "X1"]).good();
    let described = described(&place, &["X1", "--lang", "en"]);
    let lacking: Vec<&str> =
        marks.iter().filter(|(_, told)| !described.contains(told.as_str())).map(|(mark, _)| mark.as_str()).collect();
    assert!(marks.len() > 60 && lacking.is_empty(), "of {} not in the description: {lacking:?}", marks.len());
}

#[test]
fn what_has_ended_is_marked_wherever_its_name_stands() {
    let place = with_model();
    let days = r#"
:vanha viite:validUntil "2020-12-31"^^xsd:date . :kertomus viite:validUntil "2999-12-31"^^xsd:date .
"#;
    place.write("days.ttl", format!("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .{MODEL}{days}"));
    place.viite(&["import", "days.ttl", "--region", "X1"]).good();
    let text = described(&place, &["X1", "--lang", "sv", "--only", "system-portfolio,system-map"]);
    assert_eq!(text.matches("Ålderdom").count(), text.matches("Ålderdom (upphört)").count(), "{text}");
    assert!(text.contains("Korpikertomus (fi)"), "{text}");
}

#[test]
fn a_connection_without_a_name_is_called_by_its_ends_and_a_known_end_by_its_name_in_the_reference() {
    let place = with_model();
    let connection = r#"
:kutsu a viite:Integration ; viite:source :kertomus ; viite:target :arkisto, nat:kanta-patient-data-repository .
:arkisto a viite:InformationSystem ; rdfs:label "KANTA_PTA"@fi .
:puoli a viite:Integration ; viite:source :kertomus .
"#;
    place.write("connected.ttl", format!("{MODEL}{connection}"));
    place.viite(&["import", "connected.ttl", "--region", "X1"]).good();
    let shown = place.viite(&["show", "http://example.org/kutsu", "--lang", "fi"]).good().stdout;
    assert!(shown.starts_with("Korpikertomus → Potilastietovaranto"), "{shown}");
    let half = place.viite(&["show", "http://example.org/puoli", "--lang", "fi"]).good().stdout;
    assert!(!half.contains('→'), "one end makes no way:\n{half}");
}

#[test]
fn pictures_lie_beside_a_markdown_file_and_stand_in_the_page() {
    let place = with_model();
    place.viite(&["describe", "X1", "--lang", "fi", "--output", "kuvaus.md"]).good();
    let text = std::fs::read_to_string(place.path().join("kuvaus.md")).unwrap();
    let (_, after) = text.split_once("](kuvaus-pictures/").expect("a picture");
    let name = after.split(')').next().unwrap();
    let svg = std::fs::read_to_string(place.path().join("kuvaus-pictures").join(name)).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("lang=\"fi\""), "{svg}");
    place.viite(&["describe", "X1", "--output", "kuvaus.html"]).good();
    let html = std::fs::read_to_string(place.path().join("kuvaus.html")).unwrap();
    assert!(html.contains("<svg ") && !html.contains("<script"), "{html}");
}

#[test]
fn a_rewrite_removes_the_pictures_it_shows_no_more_and_nothing_else() {
    let place = with_model();
    let folder = place.path().join("kuvaus-pictures");
    let names = || {
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .map(|files| files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        names.sort();
        names
    };
    place.viite(&["describe", "X1", "--output", "kuvaus.md"]).good();
    let whole = names();
    assert!(whole.len() > 1, "{whole:?}");
    let one = ["describe", "X1", "--only", "system-map", "--output", "kuvaus.md"];
    place.viite(&one).good();
    assert_eq!(names(), ["01.svg"]);
    for own in ["77.svg", "logo.svg"] {
        std::fs::write(folder.join(own), "<svg/>").unwrap();
    }
    place.viite(&["describe", "X1", "--only", "system-portfolio", "--output", "kuvaus.md"]).good();
    assert_eq!(names(), ["77.svg", "logo.svg"], "what no document of ours showed is the reader's own");
    for own in ["77.svg", "logo.svg"] {
        std::fs::remove_file(folder.join(own)).unwrap();
    }
    place.viite(&one).good();
    place.viite(&["describe", "X1", "--only", "system-portfolio", "--output", "kuvaus.md"]).good();
    assert!(!folder.exists(), "an empty folder is of no use");
}

#[test]
fn an_area_shows_its_regions_and_an_unknown_one_lists_those_that_exist() {
    let place = with_model();
    let text = described(&place, &["--area", "Western Finland", "--lang", "en"]);
    assert!(text.starts_with("# Architecture description: Western Finland collaboration area"), "{text}");
    assert!(text.contains("Ostrobothnia"), "{text}");
    let run = place.viite(&["describe", "--area", "nowhere"]).ends_with(2);
    assert!(run.stderr.contains("collaboration area"), "{}", run.stderr);
}

#[test]
fn a_view_is_drawn_where_the_architect_put_its_boxes() {
    let place = Place::with_region();
    place.write(
        "model.archimate",
        r##"<?xml version="1.0" encoding="UTF-8"?>
        <archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            xmlns:archimate="http://www.archimatetool.com/archimate" name="Malli" id="m" version="5.0.0">
          <folder name="Application" id="f1" type="application">
            <element xsi:type="archimate:ApplicationComponent" name="Korpi" id="a"/>
            <element xsi:type="archimate:ApplicationService" name="Palvelu" id="b"/>
          </folder>
          <folder name="Relations" id="f2" type="relations">
            <element xsi:type="archimate:RealizationRelationship" id="r" source="a" target="b"/>
          </folder>
          <folder name="Views" id="f3" type="diagrams">
            <element xsi:type="archimate:ArchimateDiagramModel" name="Pääkuva" id="v">
              <child xsi:type="archimate:Group" id="g" name="Ryhmä" targetConnections="">
                <bounds x="100" y="50" width="400" height="300"/>
                <child xsi:type="archimate:DiagramObject" id="o1" archimateElement="a" fillColor="#336699">
                  <bounds x="20" y="40" width="150" height="60"/>
                  <sourceConnection xsi:type="archimate:Connection" id="c" source="o1" target="o2" archimateRelationship="r">
                    <bendpoint startX="0" startY="100" endX="-100" endY="0"/>
                  </sourceConnection>
                </child>
                <child xsi:type="archimate:DiagramObject" id="o2" archimateElement="b" targetConnections="c">
                  <bounds x="200" y="200"/>
                </child>
              </child>
            </element>
          </folder>
        </archimate:model>"##,
    );
    place.viite(&["import", "model.archimate", "--region", "X1"]).good();
    let html = place.viite(&["describe", "X1", "--only", "views", "--lang", "fi", "--format", "html"]).good().stdout;
    assert!(html.contains("Pääkuva") && html.contains(">Ryhmä</text>"), "{html}");
    // The group begins at the margin; its boxes stand in it as the file says, in the colour that it says.
    assert!(html.contains(r##"<rect x="30" y="50" width="150" height="60" fill="#336699""##), "{html}");
    assert!(html.contains(r#"<rect x="210" y="210" width="120" height="55" rx="8""#), "{html}");
    assert!(html.contains("M105 110L105 180L210 "), "the line bends below the first box: {html}");
    // A view can be asked for by name; an unknown one names those that there are.
    let one = place.viite(&["describe", "X1", "--view", "pääkuva", "--format", "html"]).good().stdout;
    assert!(one.contains("Pääkuva") && !one.contains("system-portfolio"), "{one}");
    place.viite(&["describe", "X1", "--view", "sivukuva"]).fails_with(&["sivukuva", "Pääkuva"]);
}

#[test]
fn a_sector_shows_what_belongs_to_it_and_names_what_nobody_placed() {
    let place = Place::with_region();
    place.write(
        "model.ttl",
        r#"
        @prefix viite: <https://w3id.org/viite/ns#> .
        @prefix func: <https://w3id.org/viite/reference/function/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix : <http://example.org/> .
        :kertomus a viite:InformationSystem ; rdfs:label "Korpikertomus"@fi ; viite:function func:laboratory .
        :palkka a viite:InformationSystem ; rdfs:label "Palkkapuu"@fi ; viite:function func:finance .
        :tuntematon a viite:InformationSystem ; rdfs:label "Hämärä"@fi .
        :tulos a viite:Integration ; rdfs:label "tulokset"@fi ; viite:source :kertomus ; viite:target :tuntematon .
        :maksu a viite:Integration ; rdfs:label "maksut"@fi ; viite:source :palkka ; viite:target :tuntematon .
        :johto a viite:Actor ; rdfs:label "Johto"@fi .
        "#,
    );
    place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    let text = described(&place, &["X1", "--sector", "terveydenhuolto", "--lang", "fi"]);
    assert!(text.starts_with("# Arkkitehtuurikuvaus: ") && text.contains(", Terveydenhuolto\n"), "{text}");
    assert!(text.contains("| Korpikertomus |") && text.contains("| tulokset |"), "{text}");
    assert!(!text.contains("| Palkkapuu |") && !text.contains("| maksut |"), "{text}");
    assert!(text.contains("(1): Hämärä."), "{text}");
    assert!(!text.contains("\n| Hämärä |"), "what nobody placed stands in no table: {text}");
    assert!(text.contains("Johto"), "an actor belongs to every sector: {text}");
    place.viite(&["describe", "X1", "--sector", "metsästys"]).fails_with(&["metsästys", "Health care"]);
}

#[test]
fn a_word_template_is_written_into_and_a_bad_one_leaves_the_old_file() {
    let place = with_model();
    place.viite(&["describe", "X1", "--only", "system-portfolio", "--output", "own.docx"]).good();
    let own = std::fs::read(place.path().join("own.docx")).unwrap();
    place
        .viite(&["describe", "X1", "--only", "integrations", "--template", "own.docx", "--output", "both.docx"])
        .good();
    assert!(std::fs::read(place.path().join("both.docx")).unwrap().len() > own.len());
    place.write("bad.docx", "no package");
    place
        .viite(&["describe", "X1", "--template", "bad.docx", "--output", "own.docx"])
        .fails_with(&["bad.docx", "no Word document"]);
    assert_eq!(std::fs::read(place.path().join("own.docx")).unwrap(), own);
    place.viite(&["describe", "X1", "--template", "own.docx", "--format", "html"]).fails_with(&["docx", "html"]);
}

/// The whole text of a description, so that a change of a word, a column or an order is seen.
#[test]
fn the_description_of_a_small_region_reads_as_it_did() {
    let place = with_model();
    let today = jiff::Zoned::now().date().to_string();
    for language in [viite_model::Language::Fi, viite_model::Language::Sv, viite_model::Language::En] {
        let text = described(&place, &["X1", "--lang", language.tag()]);
        let text = text.replace(&language.day(&today), "[today]");
        insta::assert_snapshot!(format!("description-{language}"), text);
    }
}
