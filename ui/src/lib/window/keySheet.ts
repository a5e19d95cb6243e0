import type { MessageId } from "../text/ids";

/** The keyboard sheet: what each key does, by where it does it. */
export const KEYS: { name: MessageId; keys: [string[], MessageId][] }[] = [
  {
    name: "keys-everywhere",
    keys: [
      [["mod+k"], "palette-title"],
      [["/"], "keys-search"],
      [["mod+1", "mod+7"], "keys-screens"],
      [["mod+r"], "sync-now"],
      [["mod+."], "run-cancel"],
      [["alt+arrowleft"], "keys-back"],
      [["mod+,"], "nav-settings"],
      [["f1"], "nav-help"],
      [["mod+z"], "keys-undo"],
      [["mod+shift+a"], "scope-label"],
      [["?"], "keys-title"],
    ],
  },
  {
    name: "keys-lists",
    keys: [
      [["j", "k"], "keys-next"],
      [["enter"], "open"],
      [["escape"], "close"],
    ],
  },
  {
    name: "nav-errors",
    keys: [
      [["f"], "problem-fix"],
      [["r"], "problem-retry-all"],
      [["i"], "problem-exclude"],
    ],
  },
  {
    name: "keys-review",
    keys: [
      [["1", "5"], "keys-tabs"],
      [["o"], "keys-open-line"],
      [["home", "end"], "keys-ends"],
      [["g"], "keys-table"],
      [["enter"], "keys-answer"],
      [["f"], "row-find"],
      [["c"], "keys-create"],
      [["s"], "row-split"],
      [["w"], "row-write-off"],
      [["n"], "row-note"],
      [["a"], "keys-accept-exact"],
      [["mod+enter"], "settlement-approve"],
    ],
  },
];
