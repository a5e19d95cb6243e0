//! Text with fields: `Amazon {order.id}`.

use serde_json::Value;

use crate::fault::Why;
use crate::path::{at, known, plain};

/// A piece of a text: written as it is, or a path.
enum Piece<'a> {
    Words(&'a str),
    Path(&'a str),
}

/// The text with its fields put in; a field that is empty leaves nothing behind.
pub(crate) fn render(template: &str, source: &Value) -> Result<String, Why> {
    let mut text = String::new();
    for piece in pieces(template)? {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Path(path) if !known(source, path) => return Err(Why::NoSuchPath { path: path.to_owned() }),
            Piece::Path(path) => text.push_str(&at(source, path).map(plain).unwrap_or_default()),
        }
    }
    Ok(text)
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Why> {
    let mut rest = template;
    let mut pieces = Vec::new();
    while let Some(open) = rest.find(['{', '}']) {
        let close = rest[open..].find('}').filter(|_| rest[open..].starts_with('{'));
        let Some(close) = close else {
            return Err(Why::Expression {
                said: rest[open..].chars().take(20).collect(),
            });
        };
        pieces.push(Piece::Words(&rest[..open]));
        pieces.push(Piece::Path(rest[open + 1..open + close].trim()));
        rest = &rest[open + close + 1..];
    }
    pieces.push(Piece::Words(rest));
    Ok(pieces)
}
