import { afterEach, describe, expect, it, vi } from "vitest";
import { press, useKeys } from "./keys.svelte";

const send = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  Object.defineProperty(event, "target", { value: target });
  press(event);
};

let undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo) one();
  undo = [];
});

describe("keys", () => {
  it("of single letters rest while somebody types; keys with Mod do not", () => {
    const [letter, mod] = [vi.fn(), vi.fn()];
    undo.push(useKeys({ j: letter, "mod+k": mod }));
    const field = document.createElement("input");
    send("j", {}, field);
    send("k", { ctrlKey: true }, field);
    expect(letter).not.toHaveBeenCalled();
    expect(mod).toHaveBeenCalledOnce();
  });

  it("go to a screen with G and its letter", () => {
    const go = vi.fn();
    undo.push(useKeys({ "g s": go }));
    send("g");
    send("s");
    expect(go).toHaveBeenCalledOnce();
  });

  it("work from the first moment of the page, before anybody could have pressed G", () => {
    const next = vi.fn();
    undo.push(useKeys({ j: next }));
    const event = new KeyboardEvent("keydown", { key: "j", cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: 10 });
    press(event);
    expect(next).toHaveBeenCalledOnce();
  });

  it("of the page in view come before those of the window", () => {
    const [old, young] = [vi.fn(), vi.fn()];
    undo.push(useKeys({ f: old }));
    undo.push(useKeys({ f: young }));
    send("f");
    expect(young).toHaveBeenCalledOnce();
    expect(old).not.toHaveBeenCalled();
  });
});
