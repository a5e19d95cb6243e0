//! The two services of a desktop that the app talks to, as far as it does.
#![allow(
    clippy::too_many_arguments,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "the published interfaces name more than a test needs"
)]

use std::collections::HashMap;

use tokio::sync::mpsc::UnboundedSender;
use zbus::zvariant::OwnedValue;

/// What a notification said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The app's name.
    pub app: String,
    /// The title.
    pub title: String,
    /// The body.
    pub body: String,
}

/// The notification service: hands on what it is told.
pub struct Notifications(pub UnboundedSender<Notice>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    fn notify(
        &self,
        app: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        // The test may have ended already; then nobody wants to know.
        let _ = self.0.send(Notice { app, title, body });
        1
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".into(), "actions".into()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("test".into(), "test".into(), "1".into(), "1.2".into())
    }

    fn close_notification(&self, _id: u32) {}
}

/// The tray's watcher: hands on who registered an icon, and where.
pub struct Watcher(pub UnboundedSender<(String, String)>);

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, #[zbus(header)] header: zbus::message::Header<'_>, service: String) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        let _ = self.0.send((sender, service));
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}
