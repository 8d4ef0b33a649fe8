//! What a written file does not carry.

super::notes! {
    Mended identifiers_changed(count) {
        what: "muuttuneet tunnisteet: {count}", "ändrade identifierare: {count}", "changed identifiers: {count}";
        why: "XML-tunnisteessa on vain kirjaimia, numeroita ja merkkejä - _ . ja jokainen esiintyy kerran; muut merkit korvattiin alaviivalla",
            "en XML-identifierare har bara bokstäver, siffror och tecknen - _ . och var och en förekommer en gång; andra tecken ersattes med understreck",
            "an XML identifier holds letters, digits and - _ . only, and stands once; other characters became an underscore";
    }
    Mended specialisations_as_properties(count) {
        what: "erikoistukset: {count}", "specialiseringar: {count}", "specialisations: {count}";
        why: "muodossa ei ole niitä; ominaisuus 'type' sanoo saman", "formatet har inga; egenskapen 'type' säger detsamma",
            "the format has none; a property 'type' says the same";
    }
    Mended foreign_identifiers(count) {
        what: "muualta tulleet IRI-tunnukset: {count}", "IRI:er från annat håll: {count}", "IRIs from elsewhere: {count}";
        why: "muodossa on vain alueen omia tunnisteita", "formatet har bara regionens egna identifierare",
            "the form has identifiers of the region alone";
    }
    Lost layout(views, boxes) {
        what: "näkymien asettelu (näkymiä {views}, laatikoita {boxes})", "vyernas layout (vyer: {views}, rutor: {boxes})",
            "the layout of views (views: {views}, boxes: {boxes})";
        why: "mitä näkymä näyttää, kirjoitetaan; paikat, värit ja sisäkkäisyys ovat vain alkuperäisessä tiedostossa",
            "vad en vy visar skrivs ut; lägen, färger och nästling finns bara i originalfilen",
            "what a view shows is written; positions, colours and nesting are in the original file alone";
    }
    Lost lines_without_ends(count, view) {
        what: "viivat näkymässä '{view}' ({count} kpl)", "linjer i vyn '{view}' ({count} st)", "lines of the view '{view}' ({count}×)";
        why: "viiva tarvitsee laatikon kumpaankin päähänsä; nämä päättyvät suhteeseen tai siihen, mitä näkymä ei näytä",
            "en linje behöver en ruta i båda ändar; dessa slutar vid en relation eller vid något som vyn inte visar",
            "a line needs a box at either end; these end at a relationship, or at what the view does not show";
    }
    Lost unreadable() {
        what: "koko tiedosto", "hela filen", "the whole file";
        why: "kirjoitettua tiedostoa ei voi lukea takaisin", "den skrivna filen kan inte läsas in igen",
            "the written file cannot be read again";
    }
    Lost relationships_without_ends(kind, count) {
        what: "suhde {kind} ({count} kpl)", "relationen {kind} ({count} st)", "relationship {kind} ({count}×)";
        why: "sen toinen pää vain mainitaan kuvauksessa: muodossa molempien on oltava elementtejä",
            "ena änden bara nämns i beskrivningen: i formatet ska båda vara element",
            "an end of it is only named in the description: the format wants an element at either end";
    }
    Lost relationships_without_sheet(kind, count) {
        what: "suhde {kind} ({count} kpl)", "relationen {kind} ({count} st)", "relationship {kind} ({count}×)";
        why: "suhde itse; mitä se merkitsee päilleen, on sarakkeissa, jos sellainen sarake on",
            "relationen själv; vad den betyder för sina ändar står i kolumner där en sådan finns",
            "the relationship itself; what it means for its ends stands in columns where there is one";
    }
    Lost things_without_sheet(class, count) {
        what: "{class} ({count} kpl)", "{class} ({count} st)", "{class} ({count}×)";
        why: "sille ei ole taulukkoa, tai sillä ei ole nimeä", "det finns inget blad för den, eller så saknar den namn",
            "no sheet is for it, or it has no name";
    }
    Lost things_without_concept(class, count) {
        what: "{class} ({count} kpl)", "{class} ({count} st)", "{class} ({count}×)";
        why: "ArchiMatessa ei ole sille käsitettä, tai kuvaus vain mainitsee sen",
            "ArchiMate har inget begrepp för den, eller så nämns den bara i beskrivningen",
            "ArchiMate has no concept for it, or the description only names it";
    }
    Lost description_itself() {
        what: "kuvauksen oma otsikko ja ominaisuudet", "beskrivningens egen rubrik och egenskaper",
            "the title and properties of the description";
        why: "tiedosto saa alueen nimen", "filen får regionens namn", "the file has the name of the region";
    }
    Lost type_of_thing(class, count) {
        what: "tyyppi {class} ({count} kpl)", "typen {class} ({count} st)", "the type {class} ({count}×)";
        why: "takaisin luettaessa tyyppi on se, jonka taulukko tai käsite antaa",
            "vid återläsning är typen den som bladet eller begreppet ger",
            "it reads back as the type that its sheet or its concept has";
    }
    Lost language_of_text(tag, property, count) {
        what: "kieli '{tag}' ominaisuudessa {property} ({count} kpl)", "språket '{tag}' i {property} ({count} st)",
            "the language '{tag}' of {property} ({count}×)";
        why: "tekstit luetaan takaisin viennin kielellä", "texterna läses in igen på exportens språk",
            "the texts read back in the language of the export";
    }
    Lost text_in_language(tag, property, count) {
        what: "{property} kielellä '{tag}' ({count} kpl)", "{property} på språket '{tag}' ({count} st)",
            "{property} in '{tag}' ({count}×)";
        why: "muodossa on tälle tekstille yksi kieli", "formatet har ett språk för denna text",
            "the form has one language for this text";
    }
    Lost facts_without_place(property, count) {
        what: "{property} ({count} kpl)", "{property} ({count} st)", "{property} ({count}×)";
        why: "mikään sarake tai ominaisuus ei sano sitä samoin", "ingen kolumn eller egenskap säger det så",
            "no column or property says it so";
    }
    Lost facts_without_thing(count) {
        what: "tiedot asioista, joilla ei ole IRI-tunnusta ({count} kpl)", "uppgifter om saker utan IRI ({count} st)",
            "facts about things without an IRI ({count}×)";
        why: "muodossa ei ole niille paikkaa", "formatet har ingen plats för dem", "the form has no place for them";
    }
}
