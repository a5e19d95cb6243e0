import type { Value, Words } from "../api/generated/contract";
import { dayText, instantText } from "../format/dates.svelte";
import { moneyText } from "../format/money.svelte";
import { plainSpaces } from "../format/region.svelte";
import { display } from "../session/display.svelte";
import { catalogue } from "./catalogue";
import type { MessageId } from "./ids";

/** A message of the screens, in the language of the window. */
export function t(id: MessageId, args: Record<string, string | number> = {}): string {
  return say(id, args);
}

/** A sentence of the core, in the language of the window. A message that the catalogue lacks shows its id. */
export function tell(text: Words): string {
  const args: Record<string, string | number> = {};
  for (const [name, arg] of Object.entries(text.args ?? {})) if (arg) args[name] = argValue(arg);
  return say(text.id, args);
}

/** A message of the core without variables: a flow's title, a remedy's button. */
export function word(id: string): string {
  return say(id, {});
}

function say(id: string, args: Record<string, string | number>): string {
  const bundle = catalogue(display.language);
  const message = bundle.getMessage(id);
  if (!message?.value) return id;
  const errors: Error[] = [];
  return plainSpaces(bundle.formatPattern(message.value, args, errors));
}

export function argValue(arg: Value): string | number {
  switch (arg.kind) {
    case "text":
      return arg.value;
    case "count":
      return arg.value;
    case "money":
      return moneyText(arg.value);
    case "day":
      return dayText(arg.value);
    case "instant":
      return instantText(arg.value);
  }
}
