//! Files of any kind: their encoding, their XML, sets of files, RDF.

super::notes! {
    Lost more_notes(count, limit) {
        what: "{count} muuta samanlaista huomautusta", "{count} andra liknande anmärkningar",
            "{count} more notes like the ones above";
        why: "vain {limit} ensimmäistä luetellaan; korjaa niiden osoittamat kohdat ja tuo tiedosto uudelleen",
            "bara de {limit} första räknas upp; rätta det som de pekar på och importera på nytt",
            "only the first {limit} are listed; mend what they name and import again";
    }

    // Encodings.
    Mended declared_otherwise(declared, actual) {
        what: "tiedosto ilmoittaa merkistökseen {declared}, mutta se on {actual}",
            "filen uppger teckenkodningen {declared} men är i {actual}",
            "the file says that it is in {declared}, but it is in {actual}";
        why: "se luetaan sellaisena kuin se on; katso, tulivatko kirjaimet ä, ö ja å oikein",
            "den läses som den är; se efter om bokstäverna ä, ö och å kom rätt",
            "it is read as what it is; look whether the letters ä, ö and å came through";
    }
    Mended read_as_windows_1252() {
        what: "taulukko ei ole UTF-8-merkistössä", "tabellen är inte i UTF-8", "the table is not in UTF-8";
        why: "se luetaan windows-1252-merkistönä; katso, tulivatko kirjaimet ä, ö ja å oikein",
            "den läses som windows-1252; se efter om bokstäverna ä, ö och å kom rätt",
            "it is read as windows-1252; look whether the letters ä, ö and å came through";
    }

    // XML.
    Mended markup_in_text(name) {
        what: "merkintä <{name}> tekstin sisällä", "uppmärkningen <{name}> inne i en text", "markup <{name}> inside a text";
        why: "tekstissä ei ole elementtejä; sen sanat säilyvät", "en text har inga element; orden i den bevaras",
            "a text holds no elements; the words inside it are kept";
    }
    Lost unknown_tag(name, within) {
        what: "elementti <{name}> kohdassa {within}", "elementet <{name}> i {within}", "element <{name}> in {within}";
        why: "muodossa ei ole tässä sellaista elementtiä", "formatet har inget sådant element här",
            "the format has no such element here";
    }
    Lost attributes_beyond(name, limit) {
        what: "elementin <{name}> määritteet {limit} ensimmäisen jälkeen", "attributen i <{name}> efter de {limit} första",
            "the attributes of <{name}> after the first {limit}";
        why: "missään muodossa ei ole näin montaa", "inget format har så många", "no format has elements with so many";
    }
    Lost attribute_again(attribute, name) {
        what: "toinen määrite {attribute} elementissä <{name}>", "ett andra attribut {attribute} i <{name}>",
            "the second attribute {attribute} of <{name}>";
        why: "määrite saa esiintyä kerran; ensimmäinen pätee", "ett attribut får förekomma en gång; det första gäller",
            "an attribute may stand once; the first one counts";
    }
    Lost attribute_broken(name, error) {
        what: "määrite elementissä <{name}>", "ett attribut i <{name}>", "an attribute of <{name}>";
        why: "ei hyvin muodostettu: {error}", "inte välformat: {error}", "not well-formed: {error}";
    }
    Mended unknown_reference(error) {
        what: "teksti, jossa on XML:lle tuntematon viittaus", "en text med en referens som XML inte känner",
            "a text with a reference that XML does not know";
        why: "teksti säilyy kirjoitetussa muodossaan ({error})", "texten behålls som den är skriven ({error})",
            "the text is kept as it is written ({error})";
    }
    Lost text_cut(length, limit) {
        what: "loppu tekstistä, jossa on vähintään {length} tavua", "slutet på en text på minst {length} byte",
            "the end of a text of {length} bytes or more";
        why: "teksti katkaistaan {limit} tavun jälkeen", "en text klipps av efter {limit} byte",
            "a text is cut off after {limit} bytes";
    }
    Lost stray_text(excerpt) {
        what: "irrallinen teksti '{excerpt}'", "lös text '{excerpt}'", "stray text '{excerpt}'";
        why: "muodossa ei ole tekstiä näiden elementtien välissä", "formatet har ingen text mellan dessa element",
            "the format has no text between these elements";
    }

    // Sets of files.
    Lost sheet_beside_matrix(name) {
        what: "taulukko '{name}'", "bladet '{name}'", "the sheet '{name}'";
        why: "matriisi luetaan yksin; tuo muut taulukot omana työkirjanaan",
            "en matris läses för sig; importera de andra bladen som en egen arbetsbok",
            "a matrix is read alone; import the other sheets as a workbook of their own";
    }
    Lost table_beside_model(name) {
        what: "taulukko {name}", "tabellen {name}", "the table {name}";
        why: "kansio luetaan mallina; tuo taulukot erikseen", "mappen läses som en modell; importera tabellerna för sig",
            "the folder is read as a model; import tables apart";
    }
    Lost no_part_of_model(name) {
        what: "tiedosto {name}", "filen {name}", "the file {name}";
        why: "se ei ole osa coArchin mallia; tuo se omalla nimellään",
            "den hör inte till en coArchi-modell; importera den under eget namn",
            "it is no part of a model that coArchi keeps; import it by its own name";
    }

    // RDF.
    Mended graph_merged(count, graph) {
        what: "{count} kolmikkoa verkossa {graph}", "{count} tripplar i grafen {graph}", "{count} triples in the graph {graph}";
        why: "kuvauksella on yksi verkko: ne luetaan siihen, ja verkon nimi jää pois",
            "en beskrivning har en graf: de läses in i den, och grafens namn lämnas bort",
            "a description has one graph: they are read into it, and the graph's name is left out";
    }
    Lost states_nothing(format) {
        what: "koko tiedosto", "hela filen", "the whole file";
        why: "luettuna muodossa {format} se ei väitä mitään", "läst som {format} påstår den ingenting",
            "read as {format}, it states nothing";
    }
}
