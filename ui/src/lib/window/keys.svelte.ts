import { session } from "../session/session.svelte";

/** Keys that a page understands: `j`, `shift+r`, `mod+enter`. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const maps: KeyMap[] = [];

/** Whether this is a Mac, where Mod is the command key. */
export const isMac = navigator.platform.startsWith("Mac");

/** Understands these keys until the returned function is called; the newest map is asked first. */
export function useKeys(map: KeyMap): () => void {
  maps.unshift(map);
  return () => void maps.splice(maps.indexOf(map), 1);
}

/** The name of a key press: `mod+k`, `shift+r`, `?`. */
export function keyName(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const shifted = event.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return [mod ? "mod" : "", event.altKey ? "alt" : "", shifted ? "shift" : "", key].filter(Boolean).join("+");
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select, [role=combobox]")
  );
}

let leader = -Infinity;

/** Sends a key press to whoever understands it. Single letters rest while somebody types, and can be switched off. */
export function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  let name = keyName(event);
  const single = !/^(mod|alt)\+/.test(name) && !["escape", "f1", "f6"].includes(name);
  if (single && session.settings?.single_keys === false) return;
  // What was typed last is undone by the field itself.
  if ((single || name === "mod+z") && isTyping(event.target)) return;
  if (single && event.timeStamp - leader < 1200) name = `g ${name}`;
  leader = -Infinity;
  // Enter and Space belong to the button or link that has the focus.
  if (["enter", " "].includes(name) && event.target instanceof Element && event.target.matches("button, a, input"))
    return;
  if (name === "g" && !maps.some((map) => "g" in map)) {
    leader = event.timeStamp;
    return;
  }
  for (const map of maps) {
    const act = map[name];
    if (!act) continue;
    event.preventDefault();
    act(event);
    return;
  }
}

const SIGNS: Record<string, string> = { mod: isMac ? "⌘" : "Ctrl", shift: "Shift", alt: isMac ? "⌥" : "Alt" };
const NAMES: Record<string, string> = { enter: "Enter", escape: "Esc", arrowleft: "Left", arrowright: "Right" };

/** A key as people write it: `mod+k` → `Ctrl K`. */
export function keyText(name: string): string {
  return name
    .split("+")
    .map((part) => SIGNS[part] ?? NAMES[part] ?? part.toUpperCase())
    .join("\u00A0");
}
