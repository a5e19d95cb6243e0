//! Files that a page hands over in pieces: no window, no host and no request ever holds a whole one.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Text;
use domain::settlement::read::{Limits, Source};

use crate::contract::Refusal;

/// Uploads under way at once. One more and the oldest is forgotten: a page that was closed never says so.
const AT_ONCE: usize = 4;

/// The uploads under way.
#[derive(Default)]
pub(crate) struct Uploads(Mutex<Begun>);

#[derive(Default)]
struct Begun {
    count: u64,
    files: Vec<Upload>,
}

/// A file that is coming, or came: it has no name on the disk and is gone when it is dropped.
pub(crate) struct Upload {
    id: String,
    file: File,
    size: u64,
}

impl Uploads {
    /// Takes the next piece, in base64; the first one, which belongs to no upload yet, begins one. The upload's id.
    pub(crate) fn piece(&self, upload: Option<&str>, content: &str) -> Result<String, Refusal> {
        let mut one = self.take(upload)?;
        one.add(content)?;
        let id = one.id.clone();
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        begun.files.push(one);
        if begun.files.len() > AT_ONCE {
            begun.files.remove(0);
        }
        Ok(id)
    }

    /// Takes the last piece; the whole file.
    pub(crate) fn last(&self, upload: Option<&str>, content: &str) -> Result<Upload, Refusal> {
        let mut one = self.take(upload)?;
        one.add(content)?;
        Ok(one)
    }

    /// The upload with this id, or a new one.
    fn take(&self, upload: Option<&str>) -> Result<Upload, Refusal> {
        let mut begun = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(id) = upload else {
            begun.count += 1;
            return Ok(Upload {
                id: format!("upload-{}", begun.count),
                file: tempfile::tempfile().map_err(|error| not_kept(&error))?,
                size: 0,
            });
        };
        let at = begun.files.iter().position(|one| one.id == id);
        let at = at.ok_or_else(|| Refusal::new("not_found", Text::new("error-upload-gone")))?;
        Ok(begun.files.remove(at))
    }
}

impl Upload {
    fn add(&mut self, content: &str) -> Result<(), Refusal> {
        let bytes = STANDARD
            .decode(content)
            .map_err(|error| Refusal::bad_request("content", error))?;
        self.size += bytes.len() as u64;
        // What may not be unpacked need not come packed either.
        if self.size > Limits::default().unpacked_bytes {
            return Err(Refusal::new("too_large", Text::new("error-too-large")));
        }
        self.file.write_all(&bytes).map_err(|error| not_kept(&error))
    }
}

impl Source for Upload {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        Ok(Box::new(file))
    }
}

fn not_kept(error: &io::Error) -> Refusal {
    Refusal::new("store", Text::new("error-upload-not-kept")).because(error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]
mod tests {
    use super::*;

    fn bytes(upload: &Upload) -> String {
        let mut text = String::new();
        upload.open().unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn set_04_pieces_become_the_file_that_they_were_cut_from_and_can_be_read_twice() {
        let uploads = Uploads::default();
        let id = uploads.piece(None, &STANDARD.encode("one, ")).unwrap();
        let other = uploads.piece(None, &STANDARD.encode("another")).unwrap();
        assert_eq!(uploads.piece(Some(&id), &STANDARD.encode("two, ")).unwrap(), id);
        let whole = uploads.last(Some(&id), &STANDARD.encode("three")).unwrap();
        assert_eq!(bytes(&whole), "one, two, three");
        assert_eq!(bytes(&whole), "one, two, three");
        assert_eq!(bytes(&uploads.last(Some(&other), "").unwrap()), "another");
        assert_eq!(uploads.last(Some(&id), "").err().unwrap().code, "not_found");
    }

    #[test]
    fn an_upload_that_nobody_goes_on_with_is_forgotten() {
        let uploads = Uploads::default();
        let first = uploads.piece(None, "").unwrap();
        for _ in 0..AT_ONCE {
            uploads.piece(None, "").unwrap();
        }
        assert_eq!(uploads.piece(Some(&first), "").err().unwrap().code, "not_found");
    }
}
