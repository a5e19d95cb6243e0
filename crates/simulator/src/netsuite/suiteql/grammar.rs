//! What Oracle's grammar forbids and the engine behind would let pass: plain columns beside aggregates.

use super::Trouble;
use super::lexer::Token;

const AGGREGATES: [&str; 5] = ["sum", "count", "min", "max", "avg"];

/// Checks every `SELECT` of the query, those in parentheses too.
pub(super) fn check(tokens: &[Token]) -> Result<(), Trouble> {
    for (at, token) in tokens.iter().enumerate() {
        if token.is("select") {
            selection(scope(&tokens[at + 1..]))?;
        }
    }
    Ok(())
}

/// The tokens up to where this `SELECT` ends.
fn scope(tokens: &[Token]) -> &[Token] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        let set_operator = ["union", "minus", "intersect"].iter().any(|word| token.is(word));
        match token {
            Token::Symbol("(") => depth += 1,
            Token::Symbol(")") if depth == 0 => return &tokens[..at],
            Token::Symbol(")") => depth -= 1,
            _ if depth == 0 && set_operator => return &tokens[..at],
            _ => {}
        }
    }
    tokens
}

fn selection(tokens: &[Token]) -> Result<(), Trouble> {
    let items = split(until(tokens, &["from"]));
    let grouping = after(tokens, "group").map(|rest| split(until(&rest[1..], &["having", "order", "fetch"])));
    let has_aggregate = |item: &[Token]| {
        let call = |pair: &[Token]| AGGREGATES.iter().any(|name| pair[0].is(name)) && pair[1].is_symbol("(");
        item.windows(2).any(call)
    };
    let analytic = tokens.iter().any(|token| token.is("over"));
    if analytic || !(grouping.is_some() || items.iter().any(|item| has_aggregate(item))) {
        return Ok(());
    }
    let grouped: Vec<Vec<String>> = grouping
        .unwrap_or_default()
        .iter()
        .filter_map(|item| column(item))
        .collect();
    for item in items {
        if let Some(name) = column(item)
            && !grouped.iter().any(|own| same(own, &name))
        {
            return Err(Trouble::syntax(&format!(
                "{} is not a GROUP BY expression",
                name.join(".")
            )));
        }
    }
    Ok(())
}

/// The parts of a plain column, with or without its table and with or without an alias; nothing for anything else.
fn column(item: &[Token]) -> Option<Vec<String>> {
    let item = if item.first()?.is("distinct") { &item[1..] } else { item };
    match item {
        [Token::Word(name)] | [Token::Word(name), Token::Word(_) | Token::Quoted(_)]
            if !name.eq_ignore_ascii_case("null") =>
        {
            Some(vec![name.to_lowercase()])
        }
        [Token::Word(name), aliased, _] if aliased.is("as") => Some(vec![name.to_lowercase()]),
        [Token::Word(table), Token::Symbol("."), Token::Word(name), rest @ ..] if is_alias(rest) => {
            Some(vec![table.to_lowercase(), name.to_lowercase()])
        }
        [Token::Symbol("*"), ..] => Some(vec!["*".to_owned()]),
        _ => None,
    }
}

fn is_alias(rest: &[Token]) -> bool {
    match rest {
        [] | [Token::Word(_) | Token::Quoted(_)] => true,
        [aliased, _] => aliased.is("as"),
        _ => false,
    }
}

/// Equal, or equal but for a table that only one of them names.
fn same(left: &[String], right: &[String]) -> bool {
    left.last() == right.last() && (left.len() != right.len() || left == right)
}

/// The tokens before the first of these words at this depth.
fn until<'a>(tokens: &'a [Token], words: &[&str]) -> &'a [Token] {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Symbol("(") => depth += 1,
            Token::Symbol(")") => depth = depth.saturating_sub(1),
            _ if depth == 0 && words.iter().any(|word| token.is(word)) => return &tokens[..at],
            _ => {}
        }
    }
    tokens
}

/// The tokens after this word at this depth.
fn after<'a>(tokens: &'a [Token], word: &str) -> Option<&'a [Token]> {
    let before = until(tokens, &[word]).len();
    tokens.get(before + 1..).filter(|rest| !rest.is_empty())
}

/// Cuts at the commas of this depth.
fn split(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    tokens
        .split(|token| {
            match token {
                Token::Symbol("(") => depth += 1,
                Token::Symbol(")") => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.is_symbol(",")
        })
        .collect()
}
