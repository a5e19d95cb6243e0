import type { Settings } from "../api/generated/contract";
import type { MessageId } from "../text/ids";

/** One setting and what it may be. */
export interface Choice {
  name: keyof Settings;
  label: MessageId;
  hint: MessageId;
  of: { id: string; label: MessageId }[];
}

/** Settings that belong together, under one heading. */
export interface Group {
  id: string;
  label: MessageId;
  choices: Choice[];
}

const ON_OFF: Choice["of"] = [
  { id: "true", label: "setting-on" },
  { id: "false", label: "setting-off" },
];

const LOOKS: Choice[] = [
  {
    name: "language",
    label: "setting-language",
    hint: "setting-language-hint",
    of: [
      { id: "system", label: "setting-system" },
      { id: "en", label: "setting-english" },
      { id: "fr", label: "setting-french" },
    ],
  },
  {
    name: "theme",
    label: "setting-theme",
    hint: "setting-theme-hint",
    of: [
      { id: "system", label: "setting-system" },
      { id: "light", label: "setting-light" },
      { id: "dark", label: "setting-dark" },
    ],
  },
  {
    name: "density",
    label: "setting-density",
    hint: "setting-density-hint",
    of: [
      { id: "compact", label: "setting-compact" },
      { id: "comfortable", label: "setting-comfortable" },
    ],
  },
  {
    name: "region",
    label: "setting-region",
    hint: "setting-region-hint",
    of: [
      { id: "system", label: "setting-system" },
      { id: "en-US", label: "setting-region-us" },
      { id: "en-GB", label: "setting-region-gb" },
      { id: "fr-FR", label: "setting-region-fr" },
      { id: "fr-CA", label: "setting-region-ca" },
    ],
  },
  { name: "single_keys", label: "setting-keys", hint: "setting-keys-hint", of: ON_OFF },
];

const DESKTOP: Choice[] = [
  {
    name: "close",
    label: "setting-close",
    hint: "setting-close-hint",
    of: [
      { id: "ask", label: "setting-close-ask" },
      { id: "tray", label: "setting-close-tray" },
      { id: "quit", label: "setting-close-quit" },
    ],
  },
  { name: "start_at_login", label: "setting-start", hint: "setting-start-hint", of: ON_OFF },
  { name: "notifications", label: "setting-notices", hint: "setting-notices-hint", of: ON_OFF },
];

/** Everything that can be set, as the screen shows it. */
export const GROUPS: Group[] = [
  { id: "looks", label: "settings-looks", choices: LOOKS },
  { id: "desktop", label: "settings-desktop", choices: DESKTOP },
];
