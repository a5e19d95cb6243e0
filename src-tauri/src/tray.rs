//! The tray: how it stands, in words and by shape, and the few things one does without the window.

use app::contract::{Status, StatusState, Value as Arg, Words};
use app::words::{Catalogue, Language};
use chrono::{DateTime, Days, FixedOffset, Local, NaiveTime};
use domain::Text;
use serde_json::{Value, json};
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Wry};

use crate::shell;
use crate::window;

/// The tray's own id.
const ID: &str = "passerelle";

/// A row of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Words only.
    Said(String),
    /// Something to press: the id of what it does, and its words.
    Does(String, String),
    /// More rows under these words.
    More(String, Vec<Row>),
    /// A line.
    Line,
}

/// Everything that the tray shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    state: StatusState,
    tooltip: String,
    rows: Vec<Row>,
}

impl Face {
    /// The face for a status; without one (the workspace did not open) the tray still opens the window and quits.
    pub fn of(status: Option<&Status>, catalogue: &Catalogue) -> Self {
        let say = |id: &str| catalogue.say(&Text::new(id));
        let sentence = status.map_or_else(
            || say("tray-not-open"),
            |status| catalogue.words(&on_this_clock(&status.sentence, catalogue.language())),
        );
        let mut rows = vec![Row::Said(sentence.clone())];
        if let Some(status) = status {
            rows.push(Row::Said(last_sync(status, catalogue)));
            rows.push(Row::Line);
            let count = |id: &str, count: u32| catalogue.say(&Text::new(id).with("count", i64::from(count)));
            if status.needs_you > 0 {
                rows.push(Row::Does("open:/errors".into(), count("tray-fix", status.needs_you)));
            }
            if status.to_review > 0 {
                rows.push(Row::Does(
                    "open:/settlements?view=to_review".into(),
                    count("tray-review", status.to_review),
                ));
            }
            let groups = [
                ("all", "tray-sync-all"),
                ("orders", "tray-sync-orders"),
                ("settlements", "tray-sync-settlements"),
            ];
            let flows = groups.map(|(group, id)| Row::Does(format!("sync:{group}"), say(id)));
            rows.push(Row::More(say("tray-sync"), flows.to_vec()));
            rows.push(pausing(status.state == StatusState::Paused, &say));
        }
        rows.push(Row::Line);
        rows.push(Row::Does("open:".into(), say("tray-open")));
        if status.is_some() {
            rows.push(Row::Does("open:/settings".into(), say("tray-settings")));
        }
        rows.push(Row::Does("quit".into(), say("tray-quit")));
        let state = status.map_or(StatusState::Offline, |status| status.state);
        Self {
            state,
            tooltip: sentence,
            rows,
        }
    }
}

/// Pausing for a while, or letting go on.
fn pausing(is_paused: bool, say: &impl Fn(&str) -> String) -> Row {
    if is_paused {
        return Row::Does("resume".into(), say("tray-resume"));
    }
    let whiles = [
        ("hour", "tray-pause-hour"),
        ("tomorrow", "tray-pause-tomorrow"),
        ("open", "tray-pause-open"),
    ];
    let whiles = whiles.map(|(length, id)| Row::Does(format!("pause:{length}"), say(id)));
    Row::More(say("tray-pause"), whiles.to_vec())
}

/// The request that pauses for a while; tomorrow begins at midnight on this computer's clock.
fn pause(length: &str, now: DateTime<Local>) -> Value {
    let minutes = match length {
        "hour" => Some(60),
        "tomorrow" => {
            let midnight = (now.date_naive() + Days::new(1)).and_time(NaiveTime::MIN);
            // A night on which the clock jumps at midnight itself begins with its first instant.
            let begins = midnight.and_local_timezone(Local).earliest();
            begins.map(|begins| (begins - now).num_minutes() + 1)
        }
        _ => None,
    };
    json!({ "paused": true, "minutes": minutes })
}

/// A sentence whose instants are told as this computer's clock does: the tray has nobody to format them.
pub fn on_this_clock(sentence: &Words, language: Language) -> Words {
    let mut sentence = sentence.clone();
    for arg in sentence.args.values_mut() {
        if let Arg::Instant(instant) = arg
            && let Ok(instant) = DateTime::parse_from_rfc3339(instant)
        {
            *arg = Arg::Text(local(instant, language));
        }
    }
    sentence
}

fn local(instant: DateTime<FixedOffset>, language: Language) -> String {
    let style = match language {
        Language::English => "%Y-%m-%d %H:%M",
        Language::French => "%d/%m/%Y %H:%M",
    };
    instant.with_timezone(&Local).format(style).to_string()
}

fn last_sync(status: &Status, catalogue: &Catalogue) -> String {
    let Some(instant) = status
        .last_sync
        .as_deref()
        .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
    else {
        return catalogue.say(&Text::new("tray-never-synced"));
    };
    let when = local(instant, catalogue.language());
    catalogue.say(&Text::new("tray-last-sync").with("when", when))
}

/// Puts the tray up. A desktop without a tray is told in the log, and a second start opens the window.
pub fn raise(handle: &AppHandle, face: &Face) -> tauri::Result<()> {
    TrayIconBuilder::with_id(ID)
        .icon(icon(face.state)?)
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip(&face.tooltip)
        .menu(&menu(handle, &face.rows)?)
        // Windows opens the window with the left button; macOS and Linux show the menu.
        .show_menu_on_left_click(!cfg!(windows))
        .on_menu_event(|handle, event| act(handle, event.id().as_ref()))
        .on_tray_icon_event(|tray, event| {
            let left = matches!(
                event,
                TrayIconEvent::Click {
                    button: MouseButton::Left,
                    button_state: MouseButtonState::Up,
                    ..
                }
            );
            if cfg!(windows) && left {
                window::open(tray.app_handle(), None);
            }
        })
        .build(handle)?;
    Ok(())
}

/// Shows another face.
pub fn show(handle: &AppHandle, face: &Face) -> tauri::Result<()> {
    let Some(tray) = handle.tray_by_id(ID) else {
        return Ok(());
    };
    tray.set_icon_with_as_template(Some(icon(face.state)?), cfg!(target_os = "macos"))?;
    tray.set_tooltip(Some(&face.tooltip))?;
    tray.set_menu(Some(menu(handle, &face.rows)?))
}

fn act(handle: &AppHandle, id: &str) {
    match id.split_once(':') {
        Some(("open", "")) => window::open(handle, None),
        Some(("open", route)) => window::open(handle, Some(route)),
        Some(("sync", group)) => shell::sync(handle, group),
        Some(("pause", length)) => shell::pause(handle, pause(length, Local::now())),
        _ if id == "resume" => shell::pause(handle, json!({ "paused": false })),
        _ if id == "quit" => handle.exit(0),
        _ => {}
    }
}

fn menu(handle: &AppHandle, rows: &[Row]) -> tauri::Result<Menu<Wry>> {
    let mut menu = MenuBuilder::new(handle);
    for row in rows {
        menu = match row {
            Row::Said(words) => menu.item(&MenuItemBuilder::new(words).enabled(false).build(handle)?),
            Row::Does(id, words) => menu.text(id, words),
            Row::Line => menu.separator(),
            Row::More(words, rows) => {
                let mut more = SubmenuBuilder::new(handle, words);
                for row in rows {
                    if let Row::Does(id, words) = row {
                        more = more.text(id, words);
                    }
                }
                menu.item(&more.build()?)
            }
        };
    }
    menu.build()
}

/// The picture of a state: a shape, not only a colour. macOS tints a one-colour picture itself.
fn icon(state: StatusState) -> tauri::Result<Image<'static>> {
    macro_rules! picture {
        ($name:literal) => {
            if cfg!(target_os = "macos") {
                include_bytes!(concat!("../../icons/tray/", $name, "-template.png")).as_slice()
            } else {
                include_bytes!(concat!("../../icons/tray/", $name, ".png")).as_slice()
            }
        };
    }
    Image::from_bytes(match state {
        StatusState::InSync => picture!("in-sync"),
        StatusState::Syncing => picture!("syncing"),
        StatusState::NeedsYou => picture!("needs-you"),
        StatusState::Paused => picture!("paused"),
        StatusState::Offline => picture!("offline"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn status(needs_you: u32, to_review: u32) -> Status {
        Status {
            demo: true,
            company: "Atelier Lumen".into(),
            sentence: app::contract::Words {
                id: "no-such-sentence".into(),
                args: std::collections::BTreeMap::default(),
            },
            state: StatusState::NeedsYou,
            needs_you,
            to_review,
            running: Vec::new(),
            last_sync: None,
            next_sync: None,
            paused_until: None,
            version: "0.1.0".into(),
            marketplaces: Vec::new(),
        }
    }

    fn pressable(face: &Face) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for row in &face.rows {
            match row {
                Row::Does(id, words) => found.push((id.clone(), words.clone())),
                Row::More(_, rows) => found.extend(rows.iter().filter_map(|row| match row {
                    Row::Does(id, words) => Some((id.clone(), words.clone())),
                    _ => None,
                })),
                Row::Said(_) | Row::Line => {}
            }
        }
        found
    }

    #[test]
    fn the_menu_says_what_needs_a_person_and_has_at_most_ten_rows() {
        let face = Face::of(Some(&status(3, 1)), &Catalogue::load(Language::English));
        let pressable = pressable(&face);
        assert!(
            pressable.contains(&("open:/errors".into(), "Fix 3 problems…".into())),
            "{pressable:?}"
        );
        assert!(
            pressable.iter().any(|(_, words)| words == "Review settlement…"),
            "{pressable:?}"
        );
        assert!(face.rows.iter().filter(|row| **row != Row::Line).count() <= 10);
    }

    #[test]
    fn nothing_to_fix_is_not_offered() {
        let face = Face::of(Some(&status(0, 0)), &Catalogue::load(Language::French));
        let pressable = pressable(&face);
        assert!(!pressable.iter().any(|(id, _)| id == "open:/errors"), "{pressable:?}");
        assert!(pressable.contains(&("quit".into(), "Quitter".into())), "{pressable:?}");
    }

    #[test]
    fn a_workspace_that_did_not_open_can_still_be_looked_at_and_quit() {
        let face = Face::of(None, &Catalogue::load(Language::English));
        assert_eq!(face.state, StatusState::Offline);
        assert_eq!(pressable(&face).len(), 2);
    }

    #[test]
    fn schedules_are_paused_for_a_while_and_let_go_on() {
        let running = pressable(&Face::of(Some(&status(0, 0)), &Catalogue::load(Language::English)));
        let whiles: Vec<&str> = running
            .iter()
            .filter(|(id, _)| id.starts_with("pause:"))
            .map(|(_, words)| words.as_str())
            .collect();
        assert_eq!(whiles, ["For an hour", "Until tomorrow", "Until I resume"]);

        let mut paused = status(0, 0);
        paused.state = StatusState::Paused;
        let paused = pressable(&Face::of(Some(&paused), &Catalogue::load(Language::French)));
        assert!(paused.iter().any(|(id, _)| id == "resume"), "{paused:?}");
        assert!(!paused.iter().any(|(id, _)| id.starts_with("pause:")), "{paused:?}");
    }

    #[test]
    fn until_tomorrow_ends_after_midnight() {
        let evening = NaiveDate::from_ymd_opt(2026, 6, 10)
            .unwrap()
            .and_hms_opt(22, 30, 0)
            .unwrap()
            .and_local_timezone(Local)
            .unwrap();
        assert_eq!(pause("tomorrow", evening), json!({ "paused": true, "minutes": 91 }));
        assert_eq!(pause("hour", evening)["minutes"], 60);
        assert_eq!(pause("open", evening)["minutes"], Value::Null);
    }

    #[test]
    fn every_state_has_its_own_picture() {
        let states = [
            StatusState::InSync,
            StatusState::Syncing,
            StatusState::NeedsYou,
            StatusState::Paused,
            StatusState::Offline,
        ];
        let pictures: std::collections::HashSet<Vec<u8>> = states
            .iter()
            .map(|state| icon(*state).unwrap().rgba().to_vec())
            .collect();
        assert_eq!(pictures.len(), states.len());
    }
}
