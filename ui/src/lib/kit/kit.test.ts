import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { layOut, wrap } from "../charts/bars";
import { paceOf, quarterOf } from "../flows/pace";
import Button from "./Button.svelte";
import { sliceOf } from "./rows";
import Tabs from "./Tabs.svelte";

const label = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

describe("a button that is off", () => {
  it("stays focusable, says why, and does nothing", async () => {
    const onpress = vi.fn();
    render(Button, { off: "3 lines to settle first", onpress, children: label("Approve and post") });
    const button = screen.getByRole("button");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.hasAttribute("disabled")).toBe(false);
    expect(button.title).toContain("3 lines to settle first");
    await fireEvent.click(button);
    expect(onpress).not.toHaveBeenCalled();
  });
});

describe("tabs", () => {
  it("move with the arrow keys and keep one stop for the Tab key", async () => {
    const onchoose = vi.fn();
    const tabs = [
      { id: "one", label: "One" },
      { id: "two", label: "Two" },
    ];
    render(Tabs<"one" | "two">, {
      tabs: tabs as { id: "one" | "two"; label: string }[],
      current: "one",
      label: "Tabs",
      panel: "p",
      onchoose,
    });
    const [first, second] = screen.getAllByRole("tab");
    expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1]);
    await fireEvent.keyDown(first as HTMLElement, { key: "ArrowRight" });
    expect(onchoose).toHaveBeenCalledWith("two");
  });
});

describe("long tables", () => {
  it("draw the rows in view and stand for the others by their height", () => {
    const slice = sliceOf(10_000, 32, 32_000, 800);
    expect(slice.first).toBe(988);
    expect(slice.last).toBe(1037);
    expect(slice.before + (slice.last - slice.first) * 32 + slice.after).toBe(320_000);
  });

  it("never draw past the ends", () => {
    expect(sliceOf(5, 32, 0, 800)).toMatchObject({ first: 0, last: 5, before: 0, after: 0 });
    expect(sliceOf(5, 32, 90_000, 800)).toMatchObject({ first: 5, last: 5 });
  });
});

describe("the waterfall", () => {
  const bar = (id: string, from_at: number, to_at: number, total = false) => {
    const amount = { amount: "1.00", currency: "EUR" };
    return { id, amount, from: amount, to: amount, from_at, to_at, zero_at: 0, total, lines: 1 };
  };

  it("fills its width, hangs each bar on the one before, and stands the total on zero", () => {
    const bars = [bar("product_sales", 0, 10_000), bar("storage", 10_000, 6_000), bar("deposit", 0, 6_000, true)];
    const columns = layOut(
      bars,
      ["+10.00", "−4.00", "6.00"],
      ["Sales", "Storage", "Deposit"],
      300,
      { top: 0, height: 100 },
      false,
    );
    expect(columns.map((one) => [one.top, one.height])).toEqual([
      [0, 100],
      [0, 40],
      [40, 60],
    ]);
    expect((columns[2]?.x ?? 0) + (columns[2]?.width ?? 0)).toBeLessThanOrEqual(300);
  });

  it("breaks a long name into two lines of like width", () => {
    expect(wrap("Taxe gardée par Amazon", 60)).toEqual(["Taxe gardée", "par Amazon"]);
  });
});

describe("a run's pace", () => {
  it("says nothing about the time left before ten seconds and ten percent", () => {
    expect(paceOf(5, 100, 9_000).minutesLeft).toBeNull();
    expect(paceOf(5, 100, 11_000).minutesLeft).toBeNull();
    expect(paceOf(50, 100, 60_000)).toEqual({ perMinute: 50, minutesLeft: 1 });
  });

  it("is announced by quarters", () => {
    expect([quarterOf(0, null), quarterOf(24, 100), quarterOf(50, 100), quarterOf(100, 100)]).toEqual([0, 0, 50, 100]);
  });
});
