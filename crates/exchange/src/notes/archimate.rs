//! ArchiMate models: exchange files, Archi, coArchi.

super::notes! {
    Mended archimate_2() {
        what: "ArchiMate 2:n vaihtotiedosto", "en utbytesfil för ArchiMate 2", "an exchange file of ArchiMate 2";
        why: "sen tyypit ja nimet luetaan ArchiMate 3.2:n tyyppeinä ja niminä",
            "dess typer och namn läses som de i ArchiMate 3.2", "its types and names are read as those of ArchiMate 3.2";
    }
    Aside metadata() {
        what: "tiedoston metatiedot", "filens metadata", "the metadata of the file";
        why: "kuka tiedoston teki ja milloin, ei kuulu kuvaukseen", "vem som gjorde filen och när hör inte till beskrivningen",
            "who made the file and when is not part of the description";
    }
    Mended attribute_otherwise(written, meant) {
        what: "määrite '{written}'", "attributet '{written}'", "the attribute '{written}'";
        why: "vaihtotiedostossa sen nimi on '{meant}', ja sellaisena se luetaan (paikka on ensimmäisen)",
            "i utbytesfilen heter det '{meant}', och så läses det (platsen är det förstas)",
            "the exchange format calls it '{meant}', and so it is read (the place is the first one's)";
    }
    Lost access_type_word(word) {
        what: "käyttötapa '{word}'", "åtkomsttypen '{word}'", "access type '{word}'";
        why: "se on jokin näistä: Access, Read, Write, ReadWrite", "den är en av Access, Read, Write, ReadWrite",
            "it is one of Access, Read, Write, ReadWrite";
    }
    Mended access_type_number(number) {
        what: "käyttötapa '{number}'", "åtkomsttypen '{number}'", "access type '{number}'";
        why: "se on luku 0–3; luetaan määrittelemättömänä käyttönä", "den är ett tal 0–3; läses som ospecificerad åtkomst",
            "it is a number from 0 to 3; it is read as unspecified access";
    }
    Lost definition_again(name) {
        what: "toinen ominaisuuden määrittely, '{name}'", "en andra egenskapsdefinition, '{name}'",
            "a second property definition, '{name}'";
        why: "tunniste on jo käytössä; siihen viittaavat ominaisuudet saavat ensimmäisen avaimen",
            "identifieraren är upptagen; egenskaper som nämner den får den förstas nyckel",
            "its identifier is taken; properties that name it have the first one's key";
    }
    Aside viewpoint_definition(name) {
        what: "näkökulman '{name}' määrittely", "definitionen av synvinkeln '{name}'", "the definition of the viewpoint '{name}'";
        why: "sen huolenaiheita ja sallittuja tyyppejä ei tuoda; nimi tulee näkymien mukana",
            "dess intressen och tillåtna typer förs inte över; namnet följer med vyerna",
            "its concerns and allowed types are not carried over; its name is, on its views";
    }
    Lost specialisation_without_name() {
        what: "erikoistus, jolla ei ole nimeä tai tunnistetta", "en specialisering utan namn eller identifierare",
            "a specialisation without name or id";
        why: "mikään ei voi viitata siihen", "inget kan hänvisa till den", "nothing can refer to it";
    }
    Lost specialisation_undefined(name) {
        what: "erikoistus '{name}'", "specialiseringen '{name}'", "the specialisation '{name}'";
        why: "tiedosto ei määrittele erikoistusta, jolla on tämä tunniste",
            "filen definierar ingen specialisering med den identifieraren",
            "the file defines no specialisation with that identifier";
    }
    Lost folder_documentation(tag, name) {
        what: "<{tag}> kansiossa '{name}'", "<{tag}> i mappen '{name}'", "<{tag}> of the folder '{name}'";
        why: "kansio tuodaan nimien polkuna", "en mapp förs över som en sökväg av namn",
            "a folder is carried over as a path of names";
    }
    Lost empty_property() {
        what: "ominaisuus, jolla ei ole avainta eikä arvoa", "en egenskap utan nyckel och värde",
            "a property with neither key nor value";
        why: "se ei sano mitään", "den säger ingenting", "it says nothing";
    }
    Mended older_type(older, newer) {
        what: "vanhemman ArchiMaten tyyppi '{older}'", "typen '{older}' från en äldre ArchiMate",
            "the type '{older}' of an older ArchiMate";
        why: "ArchiMate 3.2:ssa se on {newer}, ja sellaisena se luetaan (paikka on ensimmäisen)",
            "i ArchiMate 3.2 heter den {newer}, och så läses den (platsen är den förstas)",
            "ArchiMate 3.2 calls it {newer}, and so it is read (the place is the first one's)";
    }
    Mended spelt_type(written, name) {
        what: "tyypin '{written}' kirjoitusasu", "stavningen av typen '{written}'", "the spelling of the type '{written}'";
        why: "se luetaan tyyppinä {name} (paikka on ensimmäisen)", "den läses som {name} (platsen är den förstas)",
            "it is read as {name} (the place is the first one's)";
    }
    Mended element_without_type() {
        what: "elementti ilman tyyppiä (xsi:type)", "ett element utan typ (xsi:type)", "element without a type (xsi:type)";
        why: "se säilyy ilman tiettyä tyyppiä", "det behålls utan någon bestämd typ", "it is kept, with no particular type";
    }
    Mended relationship_without_type() {
        what: "suhde ilman tyyppiä (xsi:type)", "en relation utan typ (xsi:type)", "relationship without a type (xsi:type)";
        why: "se säilyy ilman tiettyä tyyppiä", "den behålls utan någon bestämd typ", "it is kept, with no particular type";
    }
    Mended element_of_unknown_type(name) {
        what: "elementti, jonka tyyppi '{name}' on tuntematon", "ett element av den okända typen '{name}'",
            "element of the unknown type '{name}'";
        why: "ArchiMate 3.2:ssa ei ole sellaista tyyppiä; elementti säilyy ilman tiettyä tyyppiä",
            "ArchiMate 3.2 har ingen sådan typ; elementet behålls utan någon bestämd typ",
            "ArchiMate 3.2 has no such type; it is kept, with no particular type";
    }
    Mended relationship_of_unknown_type(name) {
        what: "suhde, jonka tyyppi '{name}' on tuntematon", "en relation av den okända typen '{name}'",
            "relationship of the unknown type '{name}'";
        why: "ArchiMate 3.2:ssa ei ole sellaista tyyppiä; suhde säilyy ilman tiettyä tyyppiä",
            "ArchiMate 3.2 har ingen sådan typ; relationen behålls utan någon bestämd typ",
            "ArchiMate 3.2 has no such type; it is kept, with no particular type";
    }
    Kept without_name(concept) {
        what: "{concept} ilman nimeä", "{concept} utan namn", "{concept} without a name";
        why: "se on mukana, mutta mikään sääntö ei tunnista sitä ja raporteissa näkyy sen tunniste: anna sille nimi",
            "den är med, men ingen regel känner igen den och rapporterna visar dess identifierare: ge den ett namn",
            "it is there, but no rule can recognise it and reports show its identifier: give it a name";
    }
    Mended said_twice() {
        what: "sama asia toisen kerran", "samma sak en andra gång", "the same thing a second time";
        why: "sillä on aiemman asian tunniste ja sisältö; se luetaan kerran",
            "den har en tidigare saks identifierare och innehåll; den läses en gång",
            "it has the identifier and the content of an earlier one; it is read once";
    }
    Mended identifier_in_two_forms() {
        what: "tunniste, joka esiintyy sekä alkuosan 'id-' kanssa että ilman",
            "en identifierare som finns både med och utan 'id-'", "an identifier that is there with and without 'id-'";
        why: "molemmat pidetään erillään; toisen työkalun tiedosto voi nimetä ne toisin",
            "båda hålls isär; en fil från ett annat verktyg kan kalla dem något annat",
            "both are kept apart; a file that another tool writes may name them otherwise";
    }
    Mended without_identifier(name, id) {
        what: "'{name}' ilman tunnistetta", "'{name}' utan identifierare", "'{name}' without an identifier";
        why: "mikään ei voi viitata siihen; se säilyy tunnisteella '{id}'",
            "inget kan hänvisa till den; den behålls under identifieraren '{id}'",
            "nothing can refer to it; it is kept under the identifier '{id}'";
    }
    Mended identifier_taken(name, id) {
        what: "'{name}', jonka tunniste on jo käytössä", "'{name}', vars identifierare är upptagen",
            "'{name}', whose identifier is taken";
        why: "aiempi asia pitää tunnisteen ja kaikki viittaukset siihen; tämä säilyy tunnisteella '{id}'",
            "en tidigare sak behåller identifieraren och alla hänvisningar till den; den här behålls under identifieraren '{id}'",
            "an earlier thing has the identifier and keeps it, with every reference; this one is kept under the identifier '{id}'";
    }
    Mended key_undefined() {
        what: "ominaisuus, jonka avainta tiedosto ei määrittele", "en egenskap vars nyckel filen inte definierar",
            "a property whose key the file does not define";
        why: "avaimena on puuttuvan määrittelyn tunniste", "den saknade definitionens identifierare är dess nyckel",
            "the identifier of the missing definition is its key";
    }
    Lost source_missing(kind) {
        what: "{kind} ilman lähdettä", "{kind} utan källa", "{kind} without a source";
        why: "suhde säilyy, mutta se ei yhdistä mitään", "relationen behålls, men den förbinder ingenting",
            "it is kept, but it connects nothing";
    }
    Lost target_missing(kind) {
        what: "{kind} ilman kohdetta", "{kind} utan mål", "{kind} without a target";
        why: "suhde säilyy, mutta se ei yhdistä mitään", "relationen behålls, men den förbinder ingenting",
            "it is kept, but it connects nothing";
    }
    Lost source_unknown(id, kind) {
        what: "suhteen {kind} lähde '{id}'", "källan '{id}' för {kind}", "the source '{id}' of {kind}";
        why: "tiedostossa ei ole elementtiä eikä suhdetta, jolla on tämä tunniste; suhde säilyy, mutta se ei yhdistä mitään",
            "filen har inget element och ingen relation med den identifieraren; relationen behålls, men den förbinder ingenting",
            "the file has no element or relationship with that identifier; the relationship is kept, but it connects nothing";
    }
    Lost target_unknown(id, kind) {
        what: "suhteen {kind} kohde '{id}'", "målet '{id}' för {kind}", "the target '{id}' of {kind}";
        why: "tiedostossa ei ole elementtiä eikä suhdetta, jolla on tämä tunniste; suhde säilyy, mutta se ei yhdistä mitään",
            "filen har inget element och ingen relation med den identifieraren; relationen behålls, men den förbinder ingenting",
            "the file has no element or relationship with that identifier; the relationship is kept, but it connects nothing";
    }
    Lost shown_element_unknown(id, view) {
        what: "elementti '{id}' näkymässä '{view}'", "elementet '{id}' i vyn '{view}'", "the element '{id}' in the view '{view}'";
        why: "tiedostossa ei ole mitään, jolla on tämä tunniste", "filen har inget med den identifieraren",
            "the file has nothing with that identifier";
    }
    Lost shown_relationship_unknown(id, view) {
        what: "suhde '{id}' näkymässä '{view}'", "relationen '{id}' i vyn '{view}'",
            "the relationship '{id}' in the view '{view}'";
        why: "tiedostossa ei ole mitään, jolla on tämä tunniste", "filen har inget med den identifieraren",
            "the file has nothing with that identifier";
    }
    Lost shown_view_unknown(id, view) {
        what: "viittaus näkymään '{id}' näkymässä '{view}'", "hänvisningen till vyn '{id}' i vyn '{view}'",
            "the view '{id}' in the view '{view}'";
        why: "tiedostossa ei ole mitään, jolla on tämä tunniste", "filen har inget med den identifieraren",
            "the file has nothing with that identifier";
    }
    Aside view_layout(views, boxes, groups) {
        what: "näkymien asettelu (näkymiä {views}, laatikoita {boxes}, niistä ryhmiä, huomautuksia tai kuvia {groups})",
            "vyernas layout (vyer: {views}, rutor: {boxes}, varav grupper, anteckningar eller bilder: {groups})",
            "the layout of {views} views: {boxes} boxes, {groups} of them groups, notes or images";
        why: "tiedoiksi tulee, mitä elementtejä näkymä näyttää; paikat, värit, sisäkkäisyys ja visuaalisten ryhmien nimet \
            jäävät arkistoituun tiedostoon, josta 'viite describe' piirtää näkymät",
            "vilka element en vy visar blir uppgifter; lägen, färger, nästling och de visuella gruppernas namn blir kvar i \
            den arkiverade filen, som 'viite describe' ritar vyerna av",
            "which elements a view shows becomes facts; positions, colours, nesting and the names of visual groups stay in \
            the archived file, from which 'viite describe' draws the views";
    }
    Kept not_allowed(relationship, source, target, count) {
        what: "{relationship}: {source} → {target} ({count} kpl)", "{relationship}: {source} → {target} ({count} st)",
            "{relationship} from {source} to {target} ({count}×)";
        why: "ArchiMate 3.2:ssa ei ole tällaista suhdetta; se säilyy sellaisena kuin se on piirretty (paikka on ensimmäisen)",
            "ArchiMate 3.2 har ingen sådan relation; den behålls som den är ritad (platsen är den förstas)",
            "ArchiMate 3.2 has no such relationship; it is kept as it is drawn (the place is the first one's)";
    }
}
