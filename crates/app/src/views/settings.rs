//! Settings of the program itself, kept in the workspace.

use serde_json::Value;
use store::{Store, settings};

use crate::contract::{Refusal, SetSetting, Settings};

/// Names, defaults and what each may be.
const ALLOWED: &[(&str, &str, &[&str])] = &[
    ("language", "system", &["system", "en", "fr"]),
    ("theme", "system", &["system", "light", "dark"]),
    ("density", "compact", &["compact", "comfortable"]),
    ("region", "system", &["system", "en-US", "en-GB", "fr-FR", "fr-CA"]),
    ("close", "ask", &["ask", "tray", "quit"]),
    ("single_keys", "true", &["true", "false"]),
    ("start_at_login", "false", &["true", "false"]),
    ("notifications", "true", &["true", "false"]),
];

/// All settings with their defaults.
pub fn all(store: &Store, demo: bool, folder: &std::path::Path) -> Result<Settings, Refusal> {
    let kept = store.read(settings::all)?;
    let value = |name: &str| {
        let default = ALLOWED
            .iter()
            .find(|(known, ..)| *known == name)
            .map_or("", |(_, default, _)| *default);
        kept.iter()
            .find(|(key, _)| key.strip_prefix("ui.") == Some(name))
            .and_then(|(_, value)| value.as_str())
            .unwrap_or(default)
            .to_owned()
    };
    Ok(Settings {
        language: value("language"),
        theme: value("theme"),
        density: value("density"),
        region: value("region"),
        close: value("close"),
        single_keys: value("single_keys") == "true",
        start_at_login: value("start_at_login") == "true",
        notifications: value("notifications") == "true",
        data_folder: folder.display().to_string(),
        demo,
    })
}

/// Changes one setting; refuses a name or value that does not exist.
pub fn set(store: &Store, change: &SetSetting) -> Result<(), Refusal> {
    let known = ALLOWED.iter().find(|(name, ..)| *name == change.name);
    let (name, _, values) = known.ok_or_else(|| Refusal::bad_request("name", &change.name))?;
    if !values.contains(&change.value.as_str()) {
        return Err(Refusal::bad_request("value", format!("{name} = {}", change.value)));
    }
    store.write(|db| settings::set(db, &format!("ui.{name}"), &Value::from(change.value.as_str())))?;
    Ok(())
}
