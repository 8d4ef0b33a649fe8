//! A look at a query before it is parsed: are its brackets right, is it of a size that the
//! recursive parser, planner and evaluator can take?

use std::iter::Peekable;
use std::str::CharIndices;

/// Deeper nested brackets than any person writes.
const DEEPEST: usize = 60;
/// More operators and clauses than any person writes in one query: each may become one
/// more level of the algebra.
const LONGEST: usize = 500;

/// A fault with its place: line and column, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) what: String,
}

/// What the look finds.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Why the query cannot be taken at all.
    pub(crate) too_large: Option<Fault>,
    /// A bracket or quote without its other half: explains why the parser fails, if it does.
    pub(crate) unpaired: Option<Fault>,
}

/// Looks a query through, strings, IRIs and comments left aside.
pub(crate) fn look(text: &str) -> Look {
    let mut look = Look::default();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut levels = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '#' => while chars.next_if(|(_, c)| *c != '\n').is_some() {},
            '"' | '\'' => {
                let closed = skip_string(text, at, c, &mut chars);
                if !closed {
                    look.unpaired.get_or_insert_with(|| {
                        fault(text, at, format!("this {c} opens a string that is never closed"))
                    });
                }
            }
            '<' => skip_iri(text, at, &mut chars),
            '(' | '{' | '[' => {
                open.push((c, at));
                if open.len() > DEEPEST {
                    look.too_large = Some(fault(
                        text,
                        at,
                        format!("brackets are nested more than {DEEPEST} deep: split the query up"),
                    ));
                    return look;
                }
            }
            ')' | '}' | ']' => match open.pop() {
                Some((opening, _)) if closing(opening) == c => {}
                Some((opening, place)) => {
                    look.unpaired.get_or_insert_with(|| {
                        let Fault { line, column, .. } = fault(text, place, String::new());
                        fault(
                            text,
                            at,
                            format!(
                                "{c} does not close the {opening} of line {line}, column {column}: expected {}",
                                closing(opening)
                            ),
                        )
                    });
                }
                None => {
                    look.unpaired.get_or_insert_with(|| fault(text, at, format!("{c} closes no bracket")));
                }
            },
            _ if adds_level(text, at, c) => {
                levels += 1;
                if levels > LONGEST {
                    look.too_large = Some(fault(
                        text,
                        at,
                        format!(
                            "more than {LONGEST} operators and clauses: name many values with VALUES or IN, or split the query up"
                        ),
                    ));
                    return look;
                }
            }
            _ => {}
        }
    }
    if let Some((opening, at)) = open.pop() {
        look.unpaired.get_or_insert_with(|| {
            fault(text, at, format!("this {opening} is never closed: expected {} after it", closing(opening)))
        });
    }
    look
}

/// Whether an operator or a clause stands here.
fn adds_level(text: &str, at: usize, c: char) -> bool {
    let rest = &text[at..];
    let starts_word = !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_?$:-.".contains(c));
    let keyword = |word: &str| {
        starts_word
            && rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !rest[word.len()..].starts_with(|c: char| c.is_alphanumeric() || "_:-".contains(c))
    };
    match c {
        '|' | '&' | '/' | '!' => true,
        '^' => !rest.starts_with("^^") && !text[..at].ends_with('^'), // no datatype
        // A sign before a number or in a prefixed name is none.
        '+' | '-' | '*' => rest[1..].starts_with(|c: char| c.is_whitespace() || c == '}'),
        'O' | 'o' => keyword("OPTIONAL"),
        'M' | 'm' => keyword("MINUS"),
        'F' | 'f' => keyword("FILTER"),
        'B' | 'b' => keyword("BIND"),
        'U' | 'u' => keyword("UNION"),
        'L' | 'l' => keyword("LATERAL"),
        'G' | 'g' => keyword("GRAPH"),
        _ => false,
    }
}

fn closing(opening: char) -> char {
    match opening {
        '(' => ')',
        '{' => '}',
        _ => ']',
    }
}

type Chars<'a> = Peekable<CharIndices<'a>>;

/// Goes behind the string that `quote` opens; false when it is not closed.
fn skip_string(text: &str, at: usize, quote: char, chars: &mut Chars<'_>) -> bool {
    let triple = text[at + 1..].starts_with(&format!("{quote}{quote}"));
    if triple {
        chars.next();
        chars.next();
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\n' if !triple => return false,
            _ if c == quote && !triple => return true,
            _ if c == quote && text[at + 1..].starts_with(&format!("{quote}{quote}")) => {
                chars.next();
                chars.next();
                return true;
            }
            _ => {}
        }
    }
    false
}

/// Goes behind an IRI, when this is one and no "less than".
fn skip_iri(text: &str, at: usize, chars: &mut Chars<'_>) {
    let rest = &text[at + 1..];
    if let Some(end) = rest.find(|c: char| c.is_whitespace() || "<>\"{}|^`".contains(c))
        && rest[end..].starts_with('>')
    {
        let behind = at + 1 + end;
        while chars.next_if(|(place, _)| *place <= behind).is_some() {}
    }
}

fn fault(text: &str, at: usize, what: String) -> Fault {
    let before = &text[..at];
    Fault {
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
        what,
    }
}

#[cfg(test)]
mod tests {
    use super::look;

    fn unpaired(text: &str) -> Option<String> {
        look(text).unpaired.map(|f| format!("{}:{} {}", f.line, f.column, f.what))
    }

    #[test]
    fn brackets_in_strings_iris_and_comments_do_not_count() {
        for text in [
            "SELECT * { ?s ?p '(' . ?s ?p \"\"\"{ \" [\"\"\" }",
            "SELECT * { ?s <http://e/a(b#c> ?o } # (",
            "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
            r#"SELECT * { ?s ?p "\"(" }"#,
        ] {
            assert_eq!(unpaired(text), None, "{text}");
        }
    }

    #[test]
    fn the_bracket_that_is_wrong_is_named() {
        assert_eq!(
            unpaired("SELECT * {\n ?s ?p ?o\n FILTER(?o > 1 }").unwrap(),
            "3:16 } does not close the ( of line 3, column 8: expected )"
        );
        assert_eq!(unpaired("SELECT * { ?s ?p ?o").unwrap(), "1:10 this { is never closed: expected } after it");
        assert_eq!(unpaired("SELECT * { } }").unwrap(), "1:14 } closes no bracket");
        assert_eq!(unpaired("SELECT * { ?s ?p 'x }").unwrap(), "1:18 this ' opens a string that is never closed");
    }
}
