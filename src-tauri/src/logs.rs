//! The log file: what the app did, in its own words and with a few named fields; never a body, an address or a buyer
//! (quality-bars S6). Seven files of five megabytes, of which the oldest goes first.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tracing::Subscriber;
use tracing_subscriber::filter::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

/// Files that are kept, the one that is written included.
const FILES: usize = 7;
/// Bytes in one file at most.
const MOST: u64 = 5 << 20;
/// The fields that a line may show. Whatever else an event carries stays out of the file.
const FIELDS: [&str; 8] = [
    "message",
    "error",
    "code",
    "service",
    "milliseconds",
    "status",
    "run",
    "flow",
];
/// Only the app's own crates speak: what a library says may name addresses.
const OWN: &str = "off,passerelle_desktop=info,app=info,engine=info,flows=info,store=info,wire=debug";

/// Logs to standard error, and to files in a folder if there is one.
pub fn start(folder: Option<PathBuf>) {
    let shown = fmt::layer()
        .with_writer(io::stderr)
        .with_filter(EnvFilter::new("warn,passerelle_desktop=info"));
    let kept = folder.map(|folder| layer(Rotating::new(folder, MOST)).with_filter(EnvFilter::new(OWN)));
    tracing_subscriber::registry().with(shown).with(kept).init();
}

/// Lines for a file: time, level, place, and the fields that are allowed.
fn layer<S>(files: Rotating) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    let fields = fmt::format::debug_fn(|writer, field, value| match field.name() {
        "message" => write!(writer, "{value:?}"),
        name if FIELDS.contains(&name) => write!(writer, " {name}={value:?}"),
        _ => Ok(()),
    });
    fmt::layer()
        .with_ansi(false)
        .fmt_fields(fields)
        .with_writer(Mutex::new(files))
}

/// A file that makes room when it is full: `passerelle.log` is written, `passerelle.1.log` is the one before it.
///
/// It is opened with the first line, so that a second start, which ends at once, touches nothing.
struct Rotating {
    folder: PathBuf,
    most: u64,
    open: Option<(File, u64)>,
}

impl Rotating {
    fn new(folder: PathBuf, most: u64) -> Self {
        Self {
            folder,
            most,
            open: None,
        }
    }

    /// The file with room for so many bytes, and how many it holds.
    fn file(&mut self, more: u64) -> io::Result<&mut (File, u64)> {
        let is_full = |held: u64| held > 0 && held + more > self.most;
        if self.open.as_ref().is_some_and(|(_, held)| is_full(*held)) {
            self.open = None;
        }
        if self.open.is_none() {
            fs::create_dir_all(&self.folder)?;
            let newest = place(&self.folder, 0);
            if fs::metadata(&newest).is_ok_and(|known| is_full(known.len())) {
                make_room(&self.folder)?;
            }
            let file = OpenOptions::new().create(true).append(true).open(newest)?;
            let held = file.metadata()?.len();
            self.open = Some((file, held));
        }
        self.open.as_mut().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

impl Write for Rotating {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let more = line.len() as u64;
        let (file, held) = self.file(more)?;
        file.write_all(line)?;
        *held += more;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.open.as_mut().map_or(Ok(()), |(file, _)| file.flush())
    }
}

fn place(folder: &Path, age: usize) -> PathBuf {
    folder.join(if age == 0 {
        "passerelle.log".to_owned()
    } else {
        format!("passerelle.{age}.log")
    })
}

/// Every file becomes one older; the oldest is written over.
fn make_room(folder: &Path) -> io::Result<()> {
    for age in (0..FILES - 1).rev() {
        let from = place(folder, age);
        if from.exists() {
            fs::rename(from, place(folder, age + 1))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A folder of its own, gone with the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new() -> Self {
            static NUMBER: AtomicUsize = AtomicUsize::new(0);
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("passerelle-logs-{}-{number}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(&folder).unwrap();
            Self(folder)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn s6_seven_files_are_kept_and_none_grows_beyond_its_size() {
        let folder = Folder::new();
        let mut files = Rotating::new(folder.0.as_path().join("logs"), 100);
        assert!(
            !folder.0.as_path().join("logs").exists(),
            "nothing is made before the first line"
        );
        for number in 0..90 {
            let line = format!("line {number:03} of thirty bytes in all\n");
            files.write_all(line.as_bytes()).unwrap();
        }
        let folder = folder.0.join("logs");
        let names = names(&folder);
        assert_eq!(names.len(), FILES, "{names:?}");
        for name in &names {
            assert!(fs::metadata(folder.join(name)).unwrap().len() <= 100, "{name}");
        }
        let newest = fs::read_to_string(place(&folder, 0)).unwrap();
        let older = fs::read_to_string(place(&folder, 1)).unwrap();
        assert!(
            newest.contains("line 089") && older.contains("line 086"),
            "{newest}{older}"
        );
    }

    #[test]
    fn a_full_file_of_an_earlier_start_makes_room_too() {
        let folder = Folder::new();
        fs::write(place(folder.0.as_path(), 0), [b'x'; 99]).unwrap();
        Rotating::new(folder.0.clone(), 100).write_all(b"a line\n").unwrap();
        assert_eq!(fs::read_to_string(place(folder.0.as_path(), 0)).unwrap(), "a line\n");
        assert_eq!(fs::metadata(place(folder.0.as_path(), 1)).unwrap().len(), 99);
    }

    #[test]
    fn s6_only_the_allowed_fields_reach_the_file() {
        let folder = Folder::new();
        let kept = layer(Rotating::new(folder.0.clone(), MOST));
        tracing::subscriber::with_default(tracing_subscriber::registry().with(kept), || {
            tracing::warn!(
                code = "store",
                body = "Jane Doe",
                address = "https://x/?sig=1",
                "it went wrong"
            );
        });
        let text = fs::read_to_string(place(folder.0.as_path(), 0)).unwrap();
        assert!(
            text.contains("WARN") && text.contains("it went wrong code=\"store\""),
            "{text}"
        );
        assert!(!text.contains("Jane") && !text.contains("sig="), "{text}");
    }
}
