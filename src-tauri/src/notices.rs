//! Notifications: at most one in ten minutes (ux.md §7); what comes up meanwhile is held and told together. Never the only
//! way to anything. Which things are worth one, and how often, is the core's to say.

use std::collections::HashMap;
use std::time::Duration;

use app::contract::Words;
use domain::Text;
use tokio::time::Instant;

/// The time between two notices.
const PAUSE: Duration = Duration::from_mins(10);
/// Titles and bodies are cut to what every system shows.
const TITLE: usize = 40;
const BODY: usize = 120;

/// Something to tell: its words and the screen that it opens.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub title: Words,
    pub body: Words,
    pub route: String,
}

/// What is held back, and where a click on each notice that was shown leads.
#[derive(Default)]
pub struct Notices {
    last: Option<Instant>,
    held: Vec<Notice>,
    routes: HashMap<i32, String>,
    next: i32,
}

impl Notices {
    /// Takes a notice. Of several about the same screen the newest counts.
    pub fn hear(&mut self, notice: Notice) {
        self.held.retain(|held| held.route != notice.route);
        self.held.push(notice);
    }

    /// How long what is held must still wait; nothing: there is nothing to tell.
    pub fn wait(&self) -> Option<Duration> {
        if self.held.is_empty() {
            return None;
        }
        Some(
            self.last
                .map_or(Duration::ZERO, |last| PAUSE.saturating_sub(last.elapsed())),
        )
    }

    /// Forgets what settled while it was held.
    pub fn drop_settled(&mut self, stands: impl Fn(&str) -> bool) {
        self.held.retain(|held| stands(&held.route));
    }

    /// What to show now, with its number: one thing as it is, several as one notice.
    pub fn take(&mut self) -> Option<(i32, Notice)> {
        if self.wait()? > Duration::ZERO {
            return None;
        }
        let mut held = std::mem::take(&mut self.held);
        let notice = if held.len() > 1 { together(&held) } else { held.pop()? };
        self.last = Some(Instant::now());
        self.next += 1;
        self.routes.insert(self.next, notice.route.clone());
        Some((self.next, notice))
    }

    /// The screen that a notice leads to.
    pub fn route(&self, number: i32) -> Option<&str> {
        self.routes.get(&number).map(String::as_str)
    }
}

/// One notice for several things: it opens the list that holds them all.
fn together(held: &[Notice]) -> Notice {
    let errors = held.iter().all(|notice| notice.route.starts_with("/errors/"));
    Notice {
        title: Text::new("notice-needs-you-title").into(),
        body: Text::new("notice-several").with("count", held.len()).into(),
        route: if errors { "/errors" } else { "/" }.to_owned(),
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
    use app::words::{Catalogue, Language};

    fn notice(route: &str) -> Notice {
        Notice {
            title: Text::new("notice-needs-you-title").into(),
            body: Text::new("notice-review").with("count", 1_usize).into(),
            route: route.to_owned(),
        }
    }

    fn shown(notices: &mut Notices) -> Option<String> {
        let (number, notice) = notices.take()?;
        assert_eq!(notices.route(number), Some(notice.route.as_str()));
        Some(notice.route)
    }

    #[tokio::test(start_paused = true)]
    async fn what_comes_up_in_the_pause_is_held_and_told_together_when_it_ends() {
        let mut notices = Notices::default();
        assert_eq!(notices.wait(), None);
        notices.hear(notice("/errors/a"));
        assert_eq!(
            shown(&mut notices).as_deref(),
            Some("/errors/a"),
            "the first is shown at once"
        );

        notices.hear(notice("/errors/b"));
        notices.hear(notice("/errors/c"));
        notices.hear(notice("/errors/c"));
        assert_eq!(shown(&mut notices), None, "another one within the pause");
        assert_eq!(notices.wait(), Some(PAUSE));
        tokio::time::advance(PAUSE).await;
        let (_, together) = notices.take().expect("held, not lost");
        assert_eq!(together.route, "/errors");
        let words = Catalogue::load(Language::English);
        assert_eq!(words.words(&together.body), "2 things need you.");
        assert_eq!(notices.wait(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn what_settled_in_the_pause_is_not_told_any_more() {
        let mut notices = Notices::default();
        notices.hear(notice("/errors/a"));
        notices.take().expect("shown");
        notices.hear(notice("/errors/b"));
        notices.hear(notice("/settlements"));
        tokio::time::advance(PAUSE).await;
        notices.drop_settled(|route| route != "/errors/b");
        assert_eq!(shown(&mut notices).as_deref(), Some("/settlements"));
    }

    #[tokio::test(start_paused = true)]
    async fn things_of_several_kinds_open_home() {
        let mut notices = Notices::default();
        notices.hear(notice("/errors/a"));
        notices.hear(notice("/settlements"));
        assert_eq!(shown(&mut notices).as_deref(), Some("/"));
    }

    #[test]
    fn long_words_are_cut_where_the_system_would_cut_them() {
        let (title, body) = fitted(&"é".repeat(60), "short");
        assert_eq!((title.chars().count(), body.as_str()), (40, "short"));
        assert!(title.ends_with('…'));
    }
}
