//! Settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The settings of this release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[allow(clippy::struct_excessive_bools, reason = "each is one switch on the screen")]
pub struct Settings {
    /// `en`, `fr` or `system`.
    pub language: String,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// `compact` or `comfortable`.
    pub density: String,
    /// Number and date style: `system`, `en-US`, `en-GB`, `fr-FR`, `fr-CA`.
    pub region: String,
    /// What the close button does: `ask`, `tray` or `quit`.
    pub close: String,
    /// Single-letter keys (WCAG 2.1.4).
    pub single_keys: bool,
    /// Start at login.
    pub start_at_login: bool,
    /// Notifications.
    pub notifications: bool,
    /// The folder of the workspace file.
    pub data_folder: String,
    /// Whether this is the Demo company.
    pub demo: bool,
}

/// Changes one setting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetSetting {
    /// The field's name in [`Settings`].
    pub name: String,
    /// Its new value as text: `dark`, `true`.
    pub value: String,
}

/// Pauses all schedules, or lets them go on; what a person starts runs all the same.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Pause {
    /// Whether they rest from now on.
    pub paused: bool,
    /// After how many minutes they go on by themselves; nothing means when the person says so.
    #[serde(default)]
    #[ts(optional)]
    pub minutes: Option<u32>,
}

/// Chooses a value for an option of the flows (CMN-02).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetOption {
    /// The option's key, such as `orders.ship_method_default`.
    pub option: String,
    /// One marketplace, or nothing for the workspace.
    pub marketplace: Option<String>,
    /// The value, as the option's text form; nothing clears it.
    pub value: Option<String>,
    /// The cause that asked; without one everything that waits is looked at again.
    #[serde(default)]
    #[ts(optional)]
    pub cause: Option<String>,
}
