//! How things stand: one answer for Home, the tray and the status line, so that none of them says that all is well while
//! another knows better.

use chrono::{DateTime, Utc};
use domain::Text;
use engine::Status;

use crate::contract::StatusState;
use crate::pause::Rest;

/// How things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The sentence of Home, of the tray's tooltip and of the status line.
    pub sentence: Text,
    /// One line more.
    pub detail: Text,
    /// What the tray shows by shape.
    pub state: StatusState,
}

impl Standing {
    /// What is most in the way comes first: a disk that takes nothing, then what a person must settle, then what the app
    /// goes on with by itself.
    pub fn of(now: &Status, to_review: usize, at: DateTime<Utc>) -> Self {
        // The same number as in the title bar; settlements to review have a card of their own.
        let causes = usize::try_from(now.needs_you.0).unwrap_or(usize::MAX);
        let needs = if causes == 0 { to_review } else { causes };
        let trouble = trouble(now);
        let (sentence, state) = match (&trouble, needs, now.last_check_at) {
            _ if !now.running.is_empty() => {
                let sentence = Text::new("home-syncing").with("count", now.running.len());
                (sentence, StatusState::Syncing)
            }
            (Some((sentence, StatusState::NeedsYou)), ..) => (sentence.clone(), StatusState::NeedsYou),
            (_, 1.., _) => {
                let sentence = Text::new("home-needs-you").with("count", needs);
                let calm = trouble.as_ref().map_or(StatusState::InSync, |(_, state)| *state);
                (sentence, if causes > 0 { StatusState::NeedsYou } else { calm })
            }
            (Some((sentence, state)), ..) => (sentence.clone(), *state),
            (None, 0, None) => (Text::new("home-not-yet"), StatusState::InSync),
            (None, 0, Some(_)) => (Text::new("home-in-sync"), StatusState::InSync),
        };
        let detail = match (trouble, now.workspace) {
            (_, Some(trouble)) if trouble.disk_full => Text::new("home-detail-room"),
            (_, Some(_)) => Text::new("home-detail-store"),
            // What the sentence left out.
            (Some((said, _)), None) if said != sentence => said,
            (Some(_), None) => checked("home-detail-last", now, at),
            (None, None) => checked("home-detail-checked", now, at),
        };
        Self {
            sentence,
            detail,
            state,
        }
    }

    /// The same while the schedules rest: that comes first, and what it takes the place of is said beneath, unless all is
    /// well. What needs a person still does while nothing runs by itself.
    pub(crate) fn resting(self, rest: Option<Rest>) -> Self {
        let Some(rest) = rest else { return self };
        let is_well = self.sentence.id == "home-in-sync";
        Self {
            detail: if is_well { self.detail } else { self.sentence },
            sentence: rest.sentence(),
            state: self.state,
        }
    }
}

/// What keeps the books from being up to date without being a question: nothing is in sync meanwhile.
fn trouble(now: &Status) -> Option<(Text, StatusState)> {
    if let Some(trouble) = now.workspace {
        let id = if trouble.disk_full {
            "home-disk-full"
        } else {
            "home-store-failed"
        };
        return Some((Text::new(id), StatusState::NeedsYou));
    }
    if let Some(since) = now.offline_since {
        return Some((Text::new("home-offline").with("when", since), StatusState::Offline));
    }
    let causes = usize::try_from(now.retrying.0).unwrap_or(usize::MAX);
    (causes > 0).then(|| (Text::new("home-retrying").with("count", causes), StatusState::Offline))
}

/// When a flow last looked to the end of what there was.
fn checked(id: &str, now: &Status, at: DateTime<Utc>) -> Text {
    now.last_check_at.map_or_else(
        || Text::new("home-detail-never"),
        |last| Text::new(id).with("minutes", (at - last).num_minutes().max(0)),
    )
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use engine::WorkspaceTrouble;

    use super::*;
    use crate::words::{Catalogue, Language};

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn calm() -> Status {
        Status {
            running: Vec::new(),
            needs_you: (0, 0),
            retrying: (0, 0),
            signed_out: Vec::new(),
            paused: false,
            last_check_at: Some(at(0)),
            offline_since: None,
            workspace: None,
            next_due_at: None,
        }
    }

    fn said(now: &Status) -> (String, String, StatusState) {
        let standing = Standing::of(now, 0, at(20));
        for language in [Language::English, Language::French] {
            let words = Catalogue::load(language);
            for text in [&standing.sentence, &standing.detail] {
                let told = words.say(text);
                assert!(told != text.id && !told.contains("{$"), "{told}");
            }
        }
        let words = Catalogue::load(Language::English);
        (
            words.say(&standing.sentence),
            words.say(&standing.detail),
            standing.state,
        )
    }

    #[test]
    fn all_is_well_only_when_nothing_is_tried_again() {
        let (sentence, detail, state) = said(&calm());
        assert_eq!(
            (sentence.as_str(), state),
            ("Everything is in sync.", StatusState::InSync)
        );
        assert!(detail.contains("20 minutes ago"), "{detail}");

        let retrying = Status {
            retrying: (2, 9),
            ..calm()
        };
        let (sentence, detail, state) = said(&retrying);
        assert_eq!(state, StatusState::Offline);
        assert!(sentence.starts_with("Trying again: 2 things"), "{sentence}");
        assert_eq!(detail, "Last checked 20 minutes ago.");
    }

    #[test]
    fn net_offline_says_since_when_and_a_question_does_not_hide_it() {
        let offline = Status {
            offline_since: Some(at(2)),
            ..calm()
        };
        let (sentence, _, state) = said(&offline);
        assert_eq!(state, StatusState::Offline);
        assert!(sentence.starts_with("Offline since "), "{sentence}");

        let asked = Status {
            needs_you: (3, 5),
            ..offline
        };
        let (sentence, detail, state) = said(&asked);
        assert_eq!(
            (sentence.as_str(), state),
            ("3 things need you.", StatusState::NeedsYou)
        );
        assert!(detail.starts_with("Offline since "), "{detail}");
    }

    #[test]
    fn db_disk_says_that_syncing_is_paused_before_anything_else() {
        let full = Status {
            needs_you: (3, 5),
            workspace: Some(WorkspaceTrouble {
                since: at(1),
                disk_full: true,
            }),
            ..calm()
        };
        let (sentence, _, state) = said(&full);
        assert_eq!(sentence, "The disk is full. Syncing is paused so nothing is lost.");
        assert_eq!(state, StatusState::NeedsYou);
    }

    #[test]
    fn a_company_whose_first_runs_failed_was_never_checked() {
        let failed = Status {
            last_check_at: None,
            retrying: (1, 1),
            ..calm()
        };
        let (sentence, detail, _) = said(&failed);
        assert!(sentence.starts_with("Trying again"), "{sentence}");
        assert_eq!(detail, "Sync now brings in orders and settlements.");
    }
}
