import { plainSpaces, region } from "./region.svelte";

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${region()} ${name}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(region(), options);
    formats.set(key, found);
  }
  return found;
}

/** `9:05 AM`, but `09:05`: only the clock of twelve hours leaves the nought out. */
function hour(): "numeric" | "2-digit" {
  const twelve = new Intl.DateTimeFormat(region(), { hour: "numeric" }).resolvedOptions().hour12;
  return twelve ? "numeric" : "2-digit";
}

/** A calendar day (`2026-11-14`) has no zone: it is read as UTC and shown as UTC. */
function day(text: string): Date {
  return new Date(`${text.slice(0, 10)}T00:00:00Z`);
}

/** A date that nobody knows is shown as a dash: `Intl` would throw, and one row would take the whole list with it. */
const UNKNOWN = "–";

const isKnown = (date: Date): boolean => !Number.isNaN(date.getTime());

function shown(format: Intl.DateTimeFormat, date: Date): string {
  return isKnown(date) ? plainSpaces(format.format(date)) : UNKNOWN;
}

/** `14 Nov 2026` */
export function dayText(text: string): string {
  return shown(formatter("day", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }), day(text));
}

/** `14 Nov` */
export function shortDayText(text: string): string {
  return shown(formatter("short", { day: "numeric", month: "short", timeZone: "UTC" }), day(text));
}

/** `1 – 14 Nov 2026`, in the words of the region. */
export function periodText(from: string, until: string, withYear = true): string {
  const options: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", timeZone: "UTC" };
  if (withYear) options.year = "numeric";
  const [first, last] = [day(from), day(until)];
  if (!isKnown(first) || !isKnown(last)) return UNKNOWN;
  const text = formatter(`period ${withYear}`, options).formatRange(first, last);
  return text.replace(/[\u2009\u202F]/g, "\u00A0");
}

/** `14:05`, in this computer's zone. */
export function timeText(instant: string): string {
  return shown(formatter("time", { hour: hour(), minute: "2-digit" }), new Date(instant));
}

/** `23 Nov, 14:05`: exact, for tables and for what a screen reader says. */
export function instantText(instant: string): string {
  const format = formatter("instant", { day: "numeric", month: "short", hour: hour(), minute: "2-digit" });
  return shown(format, new Date(instant));
}

/** Whether two instants fall on the same day of this computer's zone. */
export function sameDay(one: string, other: Date): boolean {
  return new Date(one).toDateString() === other.toDateString();
}

/** `4 min ago`, up to a day; after that the day itself. */
export function agoText(instant: string, now: Date): string {
  if (!isKnown(new Date(instant))) return UNKNOWN;
  const seconds = Math.round((new Date(instant).getTime() - now.getTime()) / 1000);
  const minutes = Math.round(seconds / 60);
  const relative = new Intl.RelativeTimeFormat(region(), { numeric: "auto", style: "short" });
  if (Math.abs(seconds) < 60) return plainSpaces(relative.format(0, "second"));
  if (Math.abs(minutes) < 60) return plainSpaces(relative.format(minutes, "minute"));
  if (Math.abs(minutes) < 24 * 60) return plainSpaces(relative.format(Math.round(minutes / 60), "hour"));
  return instantText(instant);
}

/** `2 min 10 s`, the same in both languages. */
export function durationText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours}\u00A0h ${minutes}\u00A0min`;
  if (minutes > 0) return `${minutes}\u00A0min ${seconds % 60}\u00A0s`;
  return `${seconds}\u00A0s`;
}
