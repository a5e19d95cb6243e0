//! The tray: how it stands, in words and by shape, and the few things one does without the window.

use app::contract::{Status, StatusState};
use app::words::{Catalogue, Language};
use chrono::{DateTime, Local};
use domain::Text;
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
        let sentence = status.map_or_else(|| say("tray-not-open"), |status| catalogue.words(&status.sentence));
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

fn last_sync(status: &Status, catalogue: &Catalogue) -> String {
    let Some(instant) = status
        .last_sync
        .as_deref()
        .and_then(|text| DateTime::parse_from_rfc3339(text).ok())
    else {
        return catalogue.say(&Text::new("tray-never-synced"));
    };
    let style = match catalogue.language() {
        Language::English => "%Y-%m-%d %H:%M",
        Language::French => "%d/%m/%Y %H:%M",
    };
    let when = instant.with_timezone(&Local).format(style).to_string();
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
