//! Notifications: one per cause, at most one in ten minutes (ux.md §7). Never the only way to anything.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

/// The time between two notices.
const PAUSE: Duration = Duration::from_mins(10);
/// Titles and bodies are cut to what every system shows.
const TITLE: usize = 40;
const BODY: usize = 120;

/// Which notices were shown, and where a click on each leads.
#[derive(Default)]
pub struct Notices {
    last: Option<Instant>,
    shown: HashMap<String, Instant>,
    routes: HashMap<i32, String>,
    next: i32,
}

impl Notices {
    /// Whether a notice about this cause may be shown now, and the number it gets.
    ///
    /// The cause is the screen that it opens: the same group of problems or the same settlement is told once per pause.
    pub fn admit(&mut self, cause: &str) -> Option<i32> {
        let now = Instant::now();
        let is_early = |instant: &Instant| now.duration_since(*instant) < PAUSE;
        self.shown.retain(|_, instant| is_early(instant));
        if self.last.as_ref().is_some_and(is_early) || self.shown.contains_key(cause) {
            return None;
        }
        self.last = Some(now);
        self.shown.insert(cause.to_owned(), now);
        self.next += 1;
        self.routes.insert(self.next, cause.to_owned());
        Some(self.next)
    }

    /// The screen that a notice leads to.
    pub fn route(&self, number: i32) -> Option<&str> {
        self.routes.get(&number).map(String::as_str)
    }
}

/// Title and body, no longer than every system shows.
pub fn fitted(title: &str, body: &str) -> (String, String) {
    (shortened(title, TITLE), shortened(body, BODY))
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_notice_in_ten_minutes_whatever_the_cause() {
        let mut notices = Notices::default();
        let first = notices.admit("/errors?cause=a").expect("the first is shown");
        assert_eq!(notices.route(first), Some("/errors?cause=a"));
        assert_eq!(notices.admit("/errors?cause=a"), None);
        assert_eq!(notices.admit("/settlements/1"), None, "another cause within the pause");
        tokio::time::advance(Duration::from_secs(599)).await;
        assert_eq!(notices.admit("/settlements/1"), None);
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(notices.admit("/settlements/1").is_some());
    }

    #[test]
    fn long_words_are_cut_where_the_system_would_cut_them() {
        let (title, body) = fitted(&"é".repeat(60), "short");
        assert_eq!((title.chars().count(), body.as_str()), (40, "short"));
        assert!(title.ends_with('…'));
    }
}
