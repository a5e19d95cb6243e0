//! The little XML that old feeds are written in.

use quick_xml::Reader;
use quick_xml::events::Event;

/// An element: its name, the elements in it, and its text.
#[derive(Debug, Default)]
pub struct Element {
    /// Name, without a prefix.
    pub name: String,
    /// The elements in it.
    pub children: Vec<Self>,
    /// Its text, trimmed.
    pub text: String,
}

impl Element {
    /// Reads a document; `None`: it is not well formed.
    pub fn read(text: &str) -> Option<Self> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) => open.push(Self::named(start.local_name().as_ref())),
                Event::Empty(start) => {
                    let child = Self::named(start.local_name().as_ref());
                    open.last_mut()?.children.push(child);
                }
                Event::End(_) => {
                    let mut done = open.pop()?;
                    done.text = done.text.trim().into();
                    open.last_mut()?.children.push(done);
                }
                Event::Text(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let letter = match entity.resolve_char_ref().ok()? {
                        Some(letter) => letter,
                        None => predefined(&entity.xml10_content())?,
                    };
                    open.last_mut()?.text.push(letter);
                }
                Event::Eof if open.len() == 1 => return open.pop()?.children.pop(),
                Event::Eof => return None,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn named(name: impl AsRef<str>) -> Self {
        Self {
            name: name.as_ref().to_owned(),
            ..Self::default()
        }
    }

    /// The first element of that name in it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// All elements of that name in it.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element of that name, if there is any.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name)
            .map(|child| child.text.as_str())
            .filter(|text| !text.is_empty())
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Text as it may stand in an element.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
