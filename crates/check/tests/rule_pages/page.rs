//! The pages: an index by family, a page for each family, an index by clause.

use crate::clauses::{Clause, Clauses, family as clause_family, order};
use std::{collections::BTreeMap, fmt::Write};
use viite_check::{Library, Rule};
use viite_model::{Language, Text, ns};

const MADE: &str = "<!-- Made of queries/checks/ by `make docs`. Do not edit. -->\n\n";

/// The index by family.
pub(crate) fn index(families: &BTreeMap<&str, Vec<&Rule>>, clauses: &Clauses) -> String {
    let rules: usize = families.values().map(Vec::len).sum();
    let mut page = format!(
        "{MADE}# Rules\n\n{rules} rules in {} families. [By clause](clauses.md) tells what judges a clause, and why nothing \
         does. A rule is written as `queries/checks/README.md` says; `viite rule ID` explains it in the terminal.\n",
        families.len()
    );
    for (family, rules) in families {
        let _ = write!(page, "\n## [{family}]({family}.md)\n\n");
        page.push_str("| rule | severity | clause | title | otsikko | rubrik |\n|---|---|---|---|---|---|\n");
        for rule in rules {
            let clause = ns::shorten(rule.clause.as_str());
            let _ = writeln!(
                page,
                "| [`{id}`]({family}.md#{anchor}) | {} | `{clause}` {} | {} | {} | {} |",
                rule.severity,
                cell(clauses.label(&clause, "en")),
                cell(text(&rule.title, Language::En)),
                cell(text(&rule.title, Language::Fi)),
                cell(text(&rule.title, Language::Sv)),
                id = rule.id,
                anchor = rule.id.to_lowercase(),
            );
        }
    }
    page
}

/// The page of a family.
pub(crate) fn family(family: &str, rules: &[&Rule], clauses: &Clauses, cases: impl Fn(&Rule) -> String) -> String {
    let mut page = format!("{MADE}# {family}\n\n[All rules](README.md) · [by clause](clauses.md)\n");
    for rule in rules {
        section(&mut page, rule, clauses, &cases(rule));
    }
    page
}

fn section(page: &mut String, rule: &Rule, clauses: &Clauses, cases: &str) {
    let en = |text: &Text| text.get(Language::En).unwrap_or_default().trim().to_owned();
    let clause = ns::shorten(rule.clause.as_str());
    let _ = write!(page, "\n## {}\n\n", rule.id);
    for language in [Language::En, Language::Fi, Language::Sv] {
        let _ = writeln!(page, "* {language}: {}", text(&rule.title, language).trim());
    }
    page.push('\n');
    let mut facts = vec![
        ("severity", rule.severity.to_string()),
        ("scope", rule.scope.name().to_owned()),
        ("clause", format!("`{clause}` {}", clauses.label(&clause, "en"))),
        ("since", rule.since.clone()),
    ];
    facts.extend(applies(rule).map(|applies| ("applies", applies)));
    if rule.justifiable {
        facts.push(("justifiable", "yes: a recorded reason makes a violation an accepted deviation".to_owned()));
    }
    if rule.operationalised {
        facts.push(("operationalised", "yes: the test is ours, the clause only implies it".to_owned()));
    }
    page.push_str("| | |\n|---|---|\n");
    for (name, value) in facts {
        let _ = writeln!(page, "| {name} | {} |", cell(&value));
    }
    let _ = write!(page, "\n**Why.** {}\n\n", en(&rule.why));
    let _ = write!(page, "**What a finding says.** {}\n\n", en(&rule.message));
    let _ = write!(page, "**What to do.** {}\n\n", en(&rule.fix));
    let _ = write!(page, "**Missing when it cannot be assessed.** {}\n\n", en(&rule.missing));
    if let Some(question) = &rule.question {
        let _ = write!(page, "**What a person is asked.** {}\n\n", en(question));
    }
    for (name, kind) in [("violates", "violates"), ("conforms", "conforms")] {
        if let Some(example) = case(cases, kind) {
            let _ = write!(page, "An example that {name}:\n\n```turtle\n{example}\n```\n\n");
        }
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
}

fn applies(rule: &Rule) -> Option<String> {
    let applies = &rule.applies;
    let parts: Vec<String> = [
        applies.from.as_ref().map(|day| format!("from {day}")),
        applies.until.as_ref().map(|day| format!("until {day}")),
        (!applies.states.is_empty()).then(|| {
            format!("state: {}", applies.states.iter().map(|state| state.name()).collect::<Vec<_>>().join(", "))
        }),
        (!applies.regions.is_empty()).then(|| format!("regions: `{}`", applies.regions.join("`, `"))),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// The first case of a kind as it stands in the file, without the braces around it.
fn case(cases: &str, kind: &str) -> Option<String> {
    let start = cases.find(&format!("case:{kind} {{"))?;
    let open = start + cases[start..].find('{')?;
    let (mut depth, mut inside, mut escaped) = (0_u32, None::<char>, false);
    for (at, c) in cases[open..].char_indices() {
        match (inside, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(end), c) if c == end => inside = None,
            (Some(_), _) => {}
            (None, '"') => inside = Some('"'),
            (None, '#') if cases[open..][..at].ends_with([' ', '\n']) => inside = Some('\n'),
            (None, '<') => inside = Some('>'),
            (None, '{') => depth += 1,
            (None, '}') => {
                depth -= 1;
                if depth == 0 {
                    return Some(dedent(&cases[open + 1..open + at]));
                }
            }
            (None, _) => {}
        }
    }
    None
}

fn dedent(text: &str) -> String {
    let text = text.trim_matches('\n').trim_end();
    let indent =
        text.lines().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min();
    let lines: Vec<&str> =
        text.lines().map(|line| line.get(indent.unwrap_or_default()..).unwrap_or_default().trim_end()).collect();
    lines.join("\n")
}

/// The index by clause.
pub(crate) fn clauses(library: &Library, clauses: &Clauses) -> String {
    let mut by_clause: BTreeMap<String, Vec<&Rule>> = BTreeMap::new();
    for rule in library.rules() {
        by_clause.entry(ns::shorten(rule.clause.as_str())).or_default().push(rule);
    }
    let mut names: Vec<&String> = clauses.0.keys().collect();
    names.sort_by_cached_key(|clause| order(clause));
    let judged = names.iter().filter(|clause| by_clause.contains_key(**clause)).count();
    let mut page = format!(
        "{MADE}# Clauses\n\nRules rest on {judged} of {} clauses directly. Where none does, the table says what judges the \
         matter, or why nothing can. Which candidates became rules: `docs/decisions/rule-selection.md`.\n",
        names.len()
    );
    for group in names.chunk_by(|a, b| clause_family(a) == clause_family(b)) {
        let family = clause_family(group[0]);
        let _ = write!(page, "\n## {family} {}\n\n", clauses.label(family, "en"));
        page.push_str("| clause | title | rubrik | judged by |\n|---|---|---|---|\n");
        for name in group {
            let by = match by_clause.get(*name) {
                Some(rules) => rules.iter().map(|rule| link(rule)).collect::<Vec<_>>().join(", "),
                None => {
                    let relatives = by_clause.keys().any(|other| clause_family(other) == family);
                    why_not(name, &clauses.0[*name], relatives).to_owned()
                }
            };
            let (en, sv) = (clauses.label(name, "en"), clauses.label(name, "sv"));
            let _ = writeln!(page, "| `{name}` | {} | {} | {by} |", cell(en), cell(sv));
        }
    }
    page
}

fn link(rule: &Rule) -> String {
    let question = if rule.question.is_some() { " (asks)" } else { "" };
    format!("[`{}`]({}.md#{}){question}", rule.id, rule.family, rule.id.to_lowercase())
}

/// Why no rule rests on a clause itself.
fn why_not(name: &str, clause: &Clause, relatives: bool) -> &'static str {
    let is = |class: &str| clause.classes.contains(class);
    if clause.role.as_deref() == Some("s4:K") {
        "– what a client may expect: judged by the duties of the others"
    } else if clause.force.as_deref() == Some("viite:May") {
        "– a possibility, not a duty"
    } else if is("viite:Measure") {
        "– a measure: who answers for it is in `viite raci`, its data are judged by [reference](reference.md)"
    } else if relatives {
        "– by the rules of the same section, as far as data tell it"
    } else if name.starts_with("s0:P") {
        "– an aim that no fact of a description tells"
    } else {
        "– no fact of a description tells it"
    }
}

fn text(text: &Text, language: Language) -> &str {
    text.exact(language).unwrap_or_default()
}

/// A text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|").replace('\n', " ")
}
