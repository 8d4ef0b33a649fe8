//! What small models become, and what is said of faulty ones.

use std::collections::BTreeSet;
use viite_exchange::{Import, Mapping, ReadOptions, read};
use viite_model::{Language, Names, ns};

const EXCHANGE: &str = include_str!("fixtures/lakeshore.xml");
const ARCHI: &str = include_str!("fixtures/lakeshore.archimate");
const FAULTY: &str = include_str!("fixtures/faulty.xml");

fn import(file: &str, text: &str) -> Import {
    let names = Names::new("https://example.org/ea/").unwrap();
    let options = ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(&names, "99") };
    read(file, text.as_bytes(), &options).unwrap()
}

/// Facts with short names, without where they come from.
fn facts(import: &Import) -> Vec<String> {
    let short = |iri: &str| match iri.strip_prefix("https://example.org/ea/region/99/") {
        Some(id) => format!("<{id}>"),
        None => ns::shorten(iri),
    };
    import
        .triples
        .iter()
        .map(|triple| {
            let subject = triple.subject.to_string();
            let subject = short(subject.trim_matches(['<', '>']));
            let object = match &triple.object {
                oxrdf::Term::NamedNode(node) => short(node.as_str()),
                other => other.to_string(),
            };
            format!("{subject} {} {object}", short(triple.predicate.as_str()))
        })
        .collect()
}

fn meaning(import: &Import) -> Vec<String> {
    facts(import)
        .into_iter()
        .filter(|fact| {
            !["viite:source", "viite:inRegion"]
                .iter()
                .any(|p| fact.contains(&format!(" {p}")) && !fact.contains(" viite:source <"))
        })
        .collect()
}

fn losses(import: &Import) -> String {
    import.losses.iter().map(|loss| format!("{:?} {}\n", loss.fate, loss.told(Language::En))).collect()
}

#[test]
fn an_exchange_file_gives_facts_of_viite_and_of_archimate() {
    let import = import("lakeshore.xml", EXCHANGE);
    assert_eq!((import.elements, import.relationships), (8, 8));
    assert_eq!((import.properties, import.views), (4, 1));
    insta::assert_snapshot!(meaning(&import).join("\n"));
}

#[test]
fn what_a_mapping_leaves_out_is_noted() {
    insta::assert_snapshot!(losses(&import("lakeshore.xml", EXCHANGE)));
}

#[test]
fn every_fault_is_noted_with_its_place() {
    let import = import("faulty.xml", FAULTY);
    assert_eq!((import.elements, import.relationships), (8, 4));
    insta::assert_snapshot!(losses(&import));
}

#[test]
fn every_thing_says_where_it_comes_from() {
    let facts = facts(&import("lakeshore.archimate", ARCHI));
    for expected in [
        "<1> viite:inRegion region:99",
        "<1> viite:sourceFile \"lakeshore.archimate\"",
        "<1> viite:sourceId \"1\"",
        "<1> viite:sourceLine \"4\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "<1> viite:sourceFolder \"Sovellukset\"",
    ] {
        assert!(facts.contains(&expected.to_owned()), "{expected}");
    }
}

#[test]
fn both_formats_of_one_model_mean_the_same() {
    let exchange = import("lakeshore.xml", EXCHANGE);
    let archi = import("lakeshore.archimate", ARCHI);
    let of = |import: &Import| meaning(import).into_iter().collect::<BTreeSet<_>>();
    let different: Vec<String> = of(&exchange).symmetric_difference(&of(&archi)).cloned().collect();
    // Swedish only in the one, a specialisation only in the other.
    assert_eq!(
        different,
        [
            "<1> rdfs:label \"Tidsbokning\"@sv",
            "<7> rdf:type viite:NationalService",
            "<7> rdf:type viite:Service",
            "<7> viite:specialisation \"Kansallinen palvelu\"",
            "<https://example.org/ea/graph/region/99/current/lakeshore.archimate> dcterms:title \"Järvenrannan malli\"@fi",
            "<https://example.org/ea/graph/region/99/current/lakeshore.xml> dcterms:title \"Järvenrannan malli\"@fi",
            "<v1> viite:viewpoint \"Application Cooperation\"",
            "<v1> viite:viewpoint \"application_cooperation\"",
        ]
    );
}

#[test]
fn encodings_and_line_ends_make_no_difference() {
    let plain = facts(&import("lakeshore.xml", EXCHANGE));
    let names = Names::new("https://example.org/ea/").unwrap();
    let options = ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(&names, "99") };
    let declared = |encoding: &str| EXCHANGE.replace("UTF-8", encoding);
    let latin: Vec<u8> = declared("ISO-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(declared("UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = format!("\u{feff}{EXCHANGE}").into_bytes();
    let windows = EXCHANGE.replace('\n', "\r\n").into_bytes();
    for bytes in [latin, utf16, marked, windows] {
        let import = read("lakeshore.xml", &bytes, &options).unwrap();
        assert_eq!(facts(&import), plain);
    }
}

#[test]
fn a_mapping_of_ones_own_replaces_the_default() {
    let mapping = Mapping::parse(
        "own.toml",
        "name = 'own'\n[concepts]\nGoal = 'viite:Requirement'\n\
         [[properties]]\nkeys = ['väri']\npredicate = '<https://example.org/colour>'\nvalue = 'text'\n",
    )
    .unwrap();
    let names = Names::new("https://example.org/ea/").unwrap();
    let options = ReadOptions { mapping: &mapping, ..ReadOptions::new(&names, "99") };
    let import = read("lakeshore.xml", EXCHANGE.as_bytes(), &options).unwrap();
    let facts = facts(&import);
    assert!(facts.contains(&"<8> rdf:type viite:Requirement".to_owned()));
    assert!(facts.contains(&"<1> <https://example.org/colour> \"sininen\"".to_owned()));
    assert!(!facts.iter().any(|fact| fact.contains("viite:InformationSystem")));
}

#[test]
fn a_property_named_as_the_vocabulary_names_it_is_that_property() {
    let archi = r#"<a:model xmlns:a="http://www.archimatetool.com/archimate" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        name="m" id="m"><folder name="f" id="f"><element xsi:type="a:BusinessActor" name="Virasto" id="v">
        <property key="FO-nummer" value="1234567-8"/><property key="laji" value="ministeriö"/>
        <property key="osa" value="Konserni"/><property key="viite:validFrom" value="1.2.2024"/>
        <property key="kohta" value="s4:G8"/></element>
        <element xsi:type="a:BusinessActor" name="Konserni" id="k"/></folder></a:model>"#;
    let import = import("m.archimate", archi);
    let facts = facts(&import);
    for fact in [
        "<v> viite:businessId \"1234567-8\"@fi",
        "<v> viite:kind viite:Ministry",
        "<v> viite:partOf <k>",
        "<v> viite:validFrom \"2024-02-01\"^^<http://www.w3.org/2001/XMLSchema#date>",
        "<v> viite:clause s4:G8",
    ] {
        assert!(facts.iter().any(|known| known == fact), "{fact}\n{facts:#?}");
    }
    assert!(import.losses.is_empty(), "{}", losses(&import));
}

#[test]
fn dialects_of_the_exchange_format_are_understood() {
    // A namespace that counts on, prefixes in names and types, identifiers that XML does not take, no declaration of
    // xsi, upper and empty languages, a key nobody defined, 'id' and 'type', a relationship at a relationship.
    let text = r#"<am:model xmlns:am="http://www.opengroup.org/xsd/archimate/3.1/" identifier="m 1">
        <am:name xml:lang="FI">Murteita</am:name>
        <am:elements>
        <am:element identifier="{3F2A-11}" xsi:type="am:ApplicationComponent"><am:name xml:lang="">Usva</am:name>
        <am:properties><am:property propertyDefinitionRef="omistaja"><am:value>Virasto</am:value></am:property></am:properties>
        </am:element>
        <am:element identifier="12 34" xsi:type="ApplicationFunction"><am:name xml:lang="SV">Tidsbokning</am:name></am:element>
        <am:element id="b1" type="BusinessActor"><am:name>Virasto</am:name></am:element>
        </am:elements><am:relationships>
        <am:relationship identifier="r1" source="{3F2A-11}" target="12 34" xsi:type="am:AssignmentRelationship"/>
        <am:relationship identifier="r2" source="b1" target="r1" xsi:type="Association"/>
        </am:relationships><am:organizations><am:item><am:label>Kansio</am:label><am:item identifierRef="{3F2A-11}"/>
        <am:item><am:label>Vain nimi</am:label></am:item></am:item></am:organizations></am:model>"#;
    let import = import("m.xml", text);
    let facts = facts(&import);
    for fact in [
        "<%7B3F2A-11%7D> rdf:type viite:InformationSystem",
        "<%7B3F2A-11%7D> rdfs:label \"Usva\"@fi",
        "<%7B3F2A-11%7D> viite:function <12%2034>",
        "<%7B3F2A-11%7D> viite:owner <b1>",
        "<12%2034> rdfs:label \"Tidsbokning\"@sv",
        "<b1> rdf:type viite:Actor",
        "<b1> archimate:association <r1>",
    ] {
        assert!(facts.iter().any(|known| known == fact), "{fact}\n{}\n{}", facts.join("\n"), losses(&import));
    }
    for attribute in ["id", "type"] {
        assert!(losses(&import).contains(&format!("the attribute '{attribute}'")), "{}", losses(&import));
    }
}

#[test]
fn a_file_of_the_first_archi_is_read_in_its_old_words() {
    let text = r#"<archimate:model xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:archimate="http://www.bolton.ac.uk/archimate" name="Vanha" id="m" version="2.0.0">
        <folder name="Business" id="f1" type="business">
          <element xsi:type="archimate:BusinessActivity" id="p1" name="Ilmoittautuminen"/></folder>
        <folder name="Technology" id="f2" type="technology">
          <element xsi:type="archimate:InfrastructureService" id="t1" name="Sähköposti"/></folder>
        <folder name="Connectors" id="f3" type="connectors"><element xsi:type="archimate:OrJunction" id="j1"/></folder>
        <folder name="Derived Relations" id="f4" type="derived">
          <element xsi:type="archimate:UsedByRelationship" id="r1" source="t1" target="p1"/></folder>
        <folder name="Views" id="f5" type="diagrams"><element xsi:type="archimate:DiagramModel" id="v1" name="Kuva">
          <child xsi:type="archimate:DiagramObject" id="n1" archimateElement="t1">
            <sourceConnection xsi:type="archimate:Connection" id="c1" source="n1" target="n2" relationship="r1"/></child>
          <child xsi:type="archimate:DiagramObject" id="n2" archimateElement="p1"/></element></folder></archimate:model>"#;
    let import = import("vanha.archimate", text);
    let facts = facts(&import);
    for fact in [
        "<p1> rdf:type archimate:BusinessProcess",
        "<t1> rdf:type archimate:TechnologyService",
        "<t1> archimate:serving <p1>",
        "<j1> archimate:junctionType \"or\"",
        "<r1> viite:shownIn <v1>",
    ] {
        assert!(facts.iter().any(|known| known == fact), "{fact}\n{}\n{}", facts.join("\n"), losses(&import));
    }
}
