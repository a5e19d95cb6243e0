//! Cuts a query into tokens. Comments fall away; what no Oracle-like dialect knows is refused here.

use super::Trouble;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or keyword as written.
    Word(String),
    /// A name in double quotes.
    Quoted(String),
    /// A text with its quotes.
    Text(String),
    Number(String),
    Symbol(&'static str),
    /// `?`
    Parameter,
}

impl Token {
    /// Whether it is this word, whatever the case.
    pub fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(own) if own.eq_ignore_ascii_case(word))
    }

    pub fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self, Self::Symbol(own) if *own == symbol)
    }

    /// How SQLite is told.
    pub fn sql(&self) -> String {
        match self {
            Self::Word(text) | Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Quoted(name) => format!("\"{name}\""),
            Self::Symbol(symbol) => (*symbol).to_owned(),
            Self::Parameter => "?".to_owned(),
        }
    }
}

const SYMBOLS: [&str; 17] = [
    "||", "<=", ">=", "<>", "!=", "(", ")", ",", ".", "+", "-", "*", "/", "=", "<", ">", ";",
];

pub(super) fn tokens(query: &str) -> Result<Vec<Token>, Trouble> {
    let mut found = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("--") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/")
                .map(|end| end + 2)
                .ok_or_else(|| Trouble::syntax("unfinished comment"))?
        } else if first == '\'' {
            let length = quoted(rest, '\'')?;
            found.push(Token::Text(rest[..length].to_owned()));
            length
        } else if first == '"' {
            let length = quoted(rest, '"')?;
            found.push(Token::Quoted(rest[1..length - 1].to_lowercase()));
            length
        } else if first.is_ascii_digit() {
            let length = run(rest, |one| one.is_ascii_digit() || one == '.');
            found.push(Token::Number(rest[..length].to_owned()));
            length
        } else if first.is_alphabetic() || first == '_' {
            let length = run(rest, |one| {
                one.is_alphanumeric() || one == '_' || one == '$' || one == '#'
            });
            found.push(Token::Word(rest[..length].to_owned()));
            length
        } else if first == '?' {
            found.push(Token::Parameter);
            1
        } else {
            let symbol = SYMBOLS
                .into_iter()
                .find(|symbol| rest.starts_with(symbol))
                .ok_or_else(|| Trouble::syntax(&format!("unexpected character {first}")))?;
            found.push(Token::Symbol(symbol));
            symbol.len()
        };
        rest = rest[length..].trim_start();
    }
    if found.last().is_some_and(|last| last.is_symbol(";")) {
        found.pop();
    }
    if found.iter().any(|one| one.is_symbol(";")) {
        return Err(Trouble::syntax("only one statement may be sent"));
    }
    Ok(found)
}

/// Length of the quoted stretch at the start; a doubled quote stands for itself.
fn quoted(text: &str, quote: char) -> Result<usize, Trouble> {
    let mut inside = text.char_indices().skip(1).peekable();
    while let Some((at, one)) = inside.next() {
        if one == quote {
            if inside.peek().is_some_and(|(_, next)| *next == quote) {
                inside.next();
            } else {
                return Ok(at + 1);
            }
        }
    }
    Err(Trouble::syntax("unfinished text"))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|one| !belongs(one)).unwrap_or(text.len())
}
