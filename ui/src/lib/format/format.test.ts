import { afterEach, describe, expect, it } from "vitest";
import { display } from "../session/display.svelte";
import { agoText, dayText, durationText, instantText, periodText, shortDayText, timeText } from "./dates.svelte";
import { moneyParts, moneyText, signOf, withoutSign } from "./money.svelte";
import { countText, percentText } from "./numbers.svelte";

const eur = (amount: string) => ({ amount, currency: "EUR" });

function style(language: "en" | "fr", region: string) {
  display.language = language;
  display.region = region;
}

afterEach(() => style("en", "en-GB"));

describe("money", () => {
  it("keeps every digit of the decimal text, beyond what a floating number holds", () => {
    style("en", "en-US");
    expect(moneyText({ amount: "12345678901234567.89", currency: "USD" })).toBe("$12,345,678,901,234,567.89");
  });

  it("shows no-break spaces that the bundled font has, never the narrow one", () => {
    style("fr", "fr-FR");
    expect(moneyText(eur("1234567.89"))).toBe("1\u00A0234\u00A0567,89\u00A0€");
  });

  it("writes a minus as wide as a digit", () => {
    style("en", "en-US");
    expect(moneyText({ amount: "-12.40", currency: "USD" })).toBe("\u2212$12.40");
    style("fr", "fr-FR");
    expect(moneyText(eur("-12.40"))).toBe("\u221212,40\u00A0€");
  });

  it("gives the yen no decimals and shows fractions of a cent rather than rounding them away", () => {
    style("en", "en-US");
    expect(moneyText({ amount: "284610", currency: "JPY" })).toBe("¥284,610");
    expect(moneyText({ amount: "0.0125", currency: "USD" })).toBe("$0.0125");
  });

  it("names the currency by its code where several are in view", () => {
    style("en", "en-GB");
    expect(moneyParts(eur("1234.5"), { style: "code" }).map((part) => part.text.trim())).toEqual(["EUR", "1,234.50"]);
    style("fr", "fr-FR");
    expect(moneyText(eur("1234.5"), { style: "code" })).toBe("1\u00A0234,50\u00A0EUR");
    style("en", "en-US");
    expect(moneyText(eur("-12.4"), { style: "code" })).toBe("EUR\u00A0\u221212.40");
  });

  it("signs terms of an equation, but never zero", () => {
    style("en", "en-GB");
    expect(moneyText(eur("4.90"), { style: "none", signed: true })).toBe("+4.90");
    expect(moneyText(eur("0.00"), { style: "none", signed: true })).toBe("0.00");
  });

  it("reads the sign without computing", () => {
    expect([signOf("-0.00"), signOf("-0.01"), signOf("0.01"), signOf("0")]).toEqual([0, -1, 1, 0]);
    expect(withoutSign(eur("-3.20"))).toEqual(eur("3.20"));
  });
});

describe("dates", () => {
  it("shows a calendar day as that day in every zone", () => {
    style("en", "en-GB");
    expect(periodText("2026-11-01", "2026-11-14").replaceAll("\u00A0", " ")).toBe(
      "1 – 14 Nov 2026".replaceAll("\u00A0", " "),
    );
    style("fr", "fr-FR");
    expect(periodText("2026-11-01", "2026-11-14")).toMatch(/^1.*14 nov\. 2026$/);
  });

  it("writes the time as the region's clock does", () => {
    const morning = new Date(2026, 10, 23, 9, 5).toISOString();
    style("en", "en-US");
    expect(timeText(morning).replace(/\s/g, " ")).toBe("9:05 AM");
    style("en", "en-GB");
    expect(timeText(morning)).toBe("09:05");
    style("fr", "fr-FR");
    expect(timeText(morning)).toBe("09:05");
  });

  it("tells how long ago in words of the language", () => {
    const now = new Date("2026-11-23T14:00:00Z");
    style("en", "en-GB");
    expect(agoText("2026-11-23T13:56:00Z", now)).toMatch(/^4 mins? ago$/);
    style("fr", "fr-FR");
    expect(agoText("2026-11-23T13:56:00Z", now)).toBe("il y a 4\u00A0min");
  });

  it("shows a dash for a date that nobody knows, and never throws", () => {
    for (const odd of ["", "soon", "2026-13-40"]) {
      const told = [dayText(odd), shortDayText(odd), periodText(odd, "2026-11-14"), timeText(odd), instantText(odd)];
      expect([...told, agoText(odd, new Date())]).toEqual(Array(6).fill("–"));
    }
  });

  it("writes durations the same in both languages", () => {
    expect(durationText(130_000)).toBe("2\u00A0min 10\u00A0s");
    expect(durationText(3_720_000)).toBe("1\u00A0h 2\u00A0min");
  });
});

describe("numbers", () => {
  it("groups and rounds as the region does", () => {
    style("fr", "fr-FR");
    expect(countText(1204)).toBe("1\u00A0204");
    expect(percentText(0.984)).toBe("98,4\u00A0%");
    style("en", "en-US");
    expect(percentText(1)).toBe("100.0%");
  });
});
