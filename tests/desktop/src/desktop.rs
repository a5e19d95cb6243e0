//! The desktop around the app: the tray and the notifications, played by the test on the private bus.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window};
use x11rb::wrapper::ConnectionExt as _;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Connection, Proxy};

pub use crate::bus::Notice;
use crate::bus::{Notifications, Watcher};
use crate::{PATIENCE, until};

/// The test's side of the bus. The names are free again when it is dropped.
pub struct Desktop {
    bus: Connection,
    notices: UnboundedReceiver<Notice>,
    items: UnboundedReceiver<(String, String)>,
}

impl Desktop {
    /// Owns the names of the notification service and of the tray's watcher.
    pub async fn play() -> Result<Self> {
        let (said, notices) = unbounded_channel();
        let (registered, items) = unbounded_channel();
        let bus = zbus::connection::Builder::session()?
            .name("org.freedesktop.Notifications")?
            .name("org.kde.StatusNotifierWatcher")?
            .serve_at("/org/freedesktop/Notifications", Notifications(said))?
            .serve_at("/StatusNotifierWatcher", Watcher(registered))?
            .build()
            .await?;
        Ok(Self { bus, notices, items })
    }

    /// The next notification.
    pub async fn notice(&mut self) -> Result<Notice> {
        timeout(PATIENCE, self.notices.recv())
            .await
            .context("a notification comes")?
            .context("the bus is open")
    }

    /// Whether no notification has come so far.
    pub fn heard_nothing(&self) -> bool {
        self.notices.is_empty()
    }

    /// The tray icon that the app registers; those of an app that has ended are passed over.
    pub async fn tray(&mut self) -> Result<Tray> {
        let names = zbus::fdo::DBusProxy::new(&self.bus).await?;
        loop {
            let (sender, path) = timeout(PATIENCE, self.items.recv())
                .await
                .context("a tray icon comes")?
                .context("open")?;
            if names.name_has_owner(sender.as_str().try_into()?).await? {
                return Ok(Tray {
                    bus: self.bus.clone(),
                    sender,
                    path,
                });
            }
        }
    }
}

/// The app's tray icon.
pub struct Tray {
    bus: Connection,
    sender: String,
    path: String,
}

/// One row of the tray's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    id: i32,
    /// Its words.
    pub label: String,
    /// Whether it can be pressed.
    pub enabled: bool,
}

type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl Tray {
    /// The file of the picture that is shown.
    pub async fn picture(&self) -> Result<String> {
        Ok(self.item().await?.get_property("IconName").await?)
    }

    /// All rows of the menu, those under others included, from top to bottom.
    pub async fn rows(&self) -> Result<Vec<Row>> {
        let (_, layout): (u32, Layout) = self
            .menu()
            .await?
            .call("GetLayout", &(0, -1, Vec::<String>::new()))
            .await?;
        let mut rows = Vec::new();
        collect(layout, &mut rows)?;
        Ok(rows)
    }

    /// Waits for a row with these words and presses it.
    pub async fn press(&self, label: &str) -> Result<()> {
        let row = until(label, async || {
            Ok(self.rows().await?.into_iter().find(|row| row.label == label))
        })
        .await?;
        if !row.enabled {
            bail!("{label} cannot be pressed");
        }
        Ok(self
            .menu()
            .await?
            .call("Event", &(row.id, "clicked", Value::from(0_i32), 0_u32))
            .await?)
    }

    async fn item(&self) -> Result<Proxy<'_>> {
        Ok(zbus::proxy::Builder::new(&self.bus)
            .destination(self.sender.as_str())?
            .path(self.path.as_str())?
            .interface("org.kde.StatusNotifierItem")?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await?)
    }

    async fn menu(&self) -> Result<Proxy<'static>> {
        let path: OwnedObjectPath = self.item().await?.get_property("Menu").await?;
        Ok(Proxy::new(&self.bus, self.sender.clone(), path, "com.canonical.dbusmenu").await?)
    }
}

fn collect((id, facts, children): Layout, rows: &mut Vec<Row>) -> Result<()> {
    if let Some(label) = facts.get("label").and_then(|label| <&str>::try_from(label).ok()) {
        let enabled = facts
            .get("enabled")
            .and_then(|value| bool::try_from(value).ok())
            .unwrap_or(true);
        rows.push(Row {
            id,
            label: label.replace('_', ""),
            enabled,
        });
    }
    for child in children {
        collect(Layout::try_from(child)?, rows)?;
    }
    Ok(())
}

/// Presses the window's close button: there is no window manager here, so the test sends its message.
pub fn close_window() -> Result<()> {
    let window = find_window()?.context("the window is there")?;
    let (connection, _) = x11rb::connect(None)?;
    let atom = |name: &str| anyhow::Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom);
    let data = [atom("WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS")?, data);
    connection.send_event(false, window, EventMask::NO_EVENT, message)?;
    // A round trip: a server that sees the line closed drops what it has not read yet.
    connection.sync()?;
    Ok(())
}

/// Whether the window is shown.
pub fn window_is_shown() -> Result<bool> {
    Ok(find_window()?.is_some())
}

/// The shown window whose title is the app's name.
fn find_window() -> Result<Option<Window>> {
    use x11rb::protocol::xproto::MapState;
    let (connection, screen) = x11rb::connect(None)?;
    let mut open = vec![connection.setup().roots[screen].root];
    while let Some(window) = open.pop() {
        open.extend(connection.query_tree(window)?.reply()?.children);
        let Ok(title) = connection
            .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?
            .reply()
        else {
            continue;
        };
        let shown = connection
            .get_window_attributes(window)?
            .reply()
            .is_ok_and(|facts| facts.map_state == MapState::VIEWABLE);
        if title.value == b"Passerelle" && shown {
            return Ok(Some(window));
        }
    }
    Ok(None)
}
