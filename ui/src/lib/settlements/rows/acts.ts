import type { MatchRow } from "../../api/generated/contract";
import type { IconName } from "../../kit/icons";
import type { MessageId } from "../../text/ids";

/** What a person can do about a row of a settlement. */
export type ActId = "accept" | "find" | "create" | "split" | "write_off" | "note" | "later" | "exclude" | "clear";

export interface Act {
  id: ActId;
  label: MessageId;
  icon: IconName;
  key?: string;
}

const CREATE: Record<string, MessageId> = {
  bill: "row-create-bill",
  order: "row-create-order",
  credit_memo: "row-create-credit-memo",
  expense: "row-create-expense",
};

/** The acts of a row as it stands, the one that settles it first. */
export function actsOf({ acts, later }: MatchRow): Act[] {
  const all: (Act | false)[] = [
    acts.create !== null && {
      id: "create",
      label: CREATE[acts.create] ?? "row-create-expense",
      icon: "upload",
      key: "c",
    },
    acts.accept && { id: "accept", label: "row-ok", icon: "tick", key: "enter" },
    acts.find && { id: "find", label: "row-find", icon: "search", key: "f" },
    acts.split && { id: "split", label: "row-split", icon: "list", key: "s" },
    acts.write_off && { id: "write_off", label: "row-write-off", icon: "tick", key: "w" },
    { id: "note", label: "row-note", icon: "note", key: "n" },
    { id: "later", label: later ? "row-take-up" : "row-later", icon: "clock" },
    acts.exclude && { id: "exclude", label: "row-exclude", icon: "close" },
    acts.chosen !== null && { id: "clear", label: "row-clear", icon: "left" },
  ];
  return all.filter((one): one is Act => one !== false);
}
