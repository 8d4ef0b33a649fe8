//! Message templates: text with `{variable}` in it.

/// A piece of a template.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable(&'a str),
}

/// Cuts a template into text and variables. A brace that closes nothing stands for itself.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let after = &rest[open + 1..];
        let Some(close) = after.find('}') else { break };
        let name = &after[..close];
        if is_variable(name) {
            pieces.push(Piece::Text(&rest[..open]));
            pieces.push(Piece::Variable(name));
        } else {
            pieces.push(Piece::Text(&rest[..open + close + 2]));
        }
        rest = &after[close + 1..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The variables that a template names, in order.
pub(crate) fn variables(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).into_iter().filter_map(|piece| match piece {
        Piece::Variable(name) => Some(name),
        Piece::Text(_) => None,
    })
}

/// The template with every variable replaced by what `value` gives; a variable without a value shows as `…`.
pub(crate) fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    pieces(template)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Variable(name) => value(name).unwrap_or_else(|| "…".to_owned()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_replaced_and_other_braces_stay() {
        let filled = fill("{a} and {b}: {not this} }{", |name| (name == "a").then(|| "A".to_owned()));
        assert_eq!(filled, "A and …: {not this} }{");
        assert_eq!(variables("{a} {b_2} { c }").collect::<Vec<_>>(), ["a", "b_2"]);
    }
}
