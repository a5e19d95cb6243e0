import { afterEach, describe, expect, it } from "vitest";
import { display } from "../session/display.svelte";
import { t, tell } from "./text.svelte";

afterEach(() => (display.language = "en"));

describe("messages", () => {
  it("uses the plural rules of each language: nought is singular in French", () => {
    expect(t("errors-state", { count: 0, records: 0 })).toBe("0 causes need you, 0 records wait.");
    display.language = "fr";
    expect(t("errors-state", { count: 0, records: 0 })).toBe("0 cause à traiter, 0 enregistrement en attente.");
  });

  it("formats the values that the core sends in the language of the window", () => {
    display.language = "fr";
    display.region = "fr-FR";
    const words = {
      id: "settlement-posted",
      args: {
        name: { kind: "money" as const, value: { amount: "-1234.50", currency: "EUR" } },
        journal: { kind: "text" as const, value: "JE1042" },
      },
    };
    expect(tell(words)).toBe("\u22121\u00A0234,50\u00A0€ comptabilisé. Écriture JE1042.");
    display.region = null;
  });

  it("shows the id of a message that the catalogue lacks, so that nothing is silently blank", () => {
    expect(tell({ id: "no-such-message", args: {} })).toBe("no-such-message");
  });
});
