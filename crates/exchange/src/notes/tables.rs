//! Workbooks, CSV tables and the matrix of responsibilities.

super::notes! {
    Lost above_header(excerpt, row) {
        what: "'{excerpt}' ja muu, mikä on otsikkorivin yläpuolella", "'{excerpt}' och annat ovanför rubrikraden",
            "'{excerpt}' and what else stands above the header row";
        why: "sarakkeet nimetään rivillä {row}; mikään sen yläpuolella ei kuulu mihinkään asiaan",
            "kolumnerna namnges på rad {row}; det som står ovanför hör inte till någon sak",
            "the columns are named in row {row}; what is above them belongs to no thing";
    }
    Mended header_again() {
        what: "otsikkorivi uudelleen", "rubrikraden på nytt", "the header row again";
        why: "se ei ole mikään asia", "den är ingen sak", "it is no thing";
    }
    Lost beyond_header(excerpt) {
        what: "'{excerpt}' ja muu sen jälkeen rivillä", "'{excerpt}' och det som följer på raden",
            "'{excerpt}' and what follows it in the row";
        why: "otsikkorivillä ei ole sille saraketta; nimeä sarake, tai pane lainausmerkkeihin solut, joissa on erotin",
            "rubrikraden har ingen kolumn för det; namnge kolumnen, eller citera celler som innehåller avgränsaren",
            "the header row has no column for it; name the column, or quote cells that hold the separator";
    }
    Mended column_supposed(header) {
        what: "sarake '{header}'", "kolumnen '{header}'", "the column '{header}'";
        why: "se luetaan niin kuin sen viimeinen sana sanoo", "den läses som dess sista ord säger",
            "it is read as its last word says";
    }
    Lost unknown_sheet(name) {
        what: "taulukko '{name}'", "bladet '{name}'", "the sheet '{name}'";
        why: "mikään ei kerro, mitä sen rivit ovat: asioille anna sarake nimi ja kerro taulukon nimessä tai sarakkeessa tyyppi, \
            mitä ne ovat; integraatioille sarakkeet lähde ja kohde, vastuille toimija ja kohde; tai anna komennon \
            'viite mapping guess' ehdottaa profiilia ja tuo valitsimella --mapping",
            "inget säger vad dess rader är: för saker, ha en kolumn namn och säg i bladets namn eller i kolumnen typ vad de är; \
            för integrationer kolumnerna källa och mål, för ansvar aktör och objekt; eller låt 'viite mapping guess' \
            föreslå en profil och importera med --mapping",
            "nothing tells what its rows are: for things, have a column name, and say what they are by the sheet's name or a \
            column type; for integrations the columns source and target, for responsibilities actor and object; or let \
            'viite mapping guess' propose a profile, and import with --mapping";
    }
    Lost row_without_name() {
        what: "rivi ilman nimeä", "en rad utan namn", "a row without a name";
        why: "anna asialle nimi ja tuo tiedosto uudelleen", "ge saken ett namn och importera på nytt",
            "give the thing a name, and import again";
    }
    Lost integration_without_end() {
        what: "integraatio, jolta puuttuu pää", "en integration som saknar en ände", "an integration with an end missing";
        why: "nimeä molemmat päät ja tuo tiedosto uudelleen", "namnge båda ändarna och importera på nytt",
            "name both ends, and import again";
    }
    Lost responsibility_without_end() {
        what: "vastuu, jolta puuttuu toimija tai kohde", "ett ansvar som saknar aktör eller objekt",
            "a responsibility with an end missing";
        why: "nimeä molemmat ja tuo tiedosto uudelleen", "namnge båda och importera på nytt", "name both ends, and import again";
    }
    Kept end_ambiguous(name) {
        what: "pää '{name}', jonka niminen on useampi asia", "änden '{name}', som flera saker heter",
            "the end '{name}', which several things are called";
        why: "kirjoita tarkoitetun asian tunniste", "skriv identifieraren för den som menas",
            "write the identifier of the one that is meant";
    }
    Kept end_not_described(name) {
        what: "pää '{name}', jota mikään aineiston taulukko ei kuvaa", "änden '{name}', som ingen tabell i mängden beskriver",
            "the end '{name}', which no table of the set describes";
        why: "se jää nimeksi, joka voi löytyä viitteestä; muuten kuvaa se", "den förblir ett namn att känna igen i referensen; beskriv den annars",
            "it stays a name, to be known in the reference; else describe it";
    }
    Mended identifier_again(id, unique) {
        what: "tunniste '{id}' on jo käytetty", "identifieraren '{id}' används på nytt", "the identifier '{id}' is used again";
        why: "se luetaan muodossa '{unique}'; anna joka riville oma tunniste",
            "den läses som '{unique}'; ge varje rad en egen identifierare",
            "it is read as '{unique}'; give every row an identifier of its own";
    }
    Mended read_as_empty(text, column) {
        what: "solut, joissa on '{text}', sarakkeessa '{column}'", "celler med '{text}' i kolumnen '{column}'",
            "cells that say '{text}' in the column '{column}'";
        why: "ne luetaan tyhjinä (paikka on ensimmäisen)", "de läses som tomma (platsen är den förstas)",
            "they are read as empty (the place is the first one's)";
    }
    Aside example_row() {
        what: "esimerkkirivit", "exempelraderna", "the example rows";
        why: "niiden tunniste sanoo, että ne ovat esimerkkejä; anna omalle rivillesi toinen tunniste (paikka on ensimmäisen)",
            "deras identifierare säger att de är exempel; ge din egen rad en annan (platsen är den förstas)",
            "their identifiers say that they are examples; give a row of your own another one (the place is the first one's)";
    }
    Aside hidden_sheet(name) {
        what: "taulukko '{name}'", "bladet '{name}'", "the sheet '{name}'";
        why: "se on piilotettu tai siinä ei ole soluja; näytä se, jos se kuuluu kuvaukseen",
            "det är dolt eller har inga celler; visa det om det hör till beskrivningen",
            "it is hidden or holds no cells; show it if it is part of the description";
    }
    Lost formula_without_value(error) {
        what: "arvo {error}", "värdet {error}", "the value {error}";
        why: "solun kaavalla ei ole arvoa: korjaa kaava tai kirjoita arvo",
            "cellens formel har inget värde: rätta den, eller skriv värdet",
            "the cell's formula has no value: mend it, or write the value";
    }
    Lost formula_never_computed() {
        what: "kaavan arvo", "formelns värde", "the value of a formula";
        why: "tiedoston kirjoittanut ohjelma ei laskenut sitä: avaa tiedosto taulukkolaskennassa, tallenna ja tuo uudelleen",
            "programmet som skrev filen räknade inte ut det: öppna filen i ett kalkylprogram, spara och importera på nytt",
            "the program that wrote the file did not compute it: open the file in a spreadsheet program, save it and import it again";
    }
    Lost property_of_nothing(key, value) {
        what: "ominaisuus {key} = '{value}'", "egenskapen {key} = '{value}'", "the property {key} = '{value}'";
        why: "aineistossa ei ole elementtiä eikä suhdetta, jolla on tämä tunniste: tuo kolme taulukkoa yhdessä, kansiona",
            "mängden har inget element och ingen relation med den identifieraren: importera de tre tabellerna tillsammans, som en mapp",
            "no element or relationship of the set has that identifier: import the three tables together, as a folder";
    }
    Lost matrix_row_of_nothing() {
        what: "matriisin rivi", "en rad i matrisen", "a row of the matrix";
        why: "sen ensimmäinen solu ei nimeä mitään: pidä tunnisteet sellaisina kuin ne kirjoitettiin",
            "dess första cell namnger ingenting: behåll identifierarna som de skrevs",
            "its first cell names nothing: keep the identifiers as they were written";
    }
    Lost matrix_column_of_nobody(cell) {
        what: "solun arvo '{cell}'", "cellens värde '{cell}'", "the cell's value '{cell}'";
        why: "millään toimijalla ei ole tätä saraketta: pidä toisen rivin tunnisteet",
            "ingen aktör har den kolumnen: behåll identifierarna på andra raden",
            "no actor has this column: keep the identifiers of the second row";
    }
    Lost matrix_letter_unknown(part) {
        what: "solun merkintä '{part}'", "cellens beteckning '{part}'", "the cell's mark '{part}'";
        why: "solussa on R, A, C tai I, tai useampi niistä pilkuin erotettuna",
            "en cell säger R, A, C eller I, eller flera av dem med kommatecken",
            "a cell says R, A, C or I, or several of them with commas";
    }
}
