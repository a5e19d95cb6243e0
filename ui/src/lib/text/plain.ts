/** Letters without accents and case, as people type them. */
export const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a text has every word that was typed, in whatever order; no words fit everything. */
export function fits(typed: string, ...texts: string[]): boolean {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const all = plain(texts.join(" "));
  return words.every((word) => all.includes(word));
}
