import { describe, expect, it } from "vitest";
import { fits } from "./plain";

describe("what was typed", () => {
  it("is found without accents and case, in any order and over several texts", () => {
    expect(fits("regle ECART", "L’écart d’un", "règlement")).toBe(true);
    expect(fits("regle écart", "règlement")).toBe(false);
    expect(fits("  ", "anything")).toBe(true);
    expect(fits("item_not", "ITEM_NOT_FOUND")).toBe(true);
  });
});
