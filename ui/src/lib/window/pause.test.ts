import { describe, expect, it } from "vitest";
import { untilTomorrow } from "./pause";

describe("pausing until tomorrow", () => {
  it("ends when the next day has begun on this computer", () => {
    expect(untilTomorrow(new Date(2026, 5, 10, 22, 30, 0))).toBe(90);
    expect(untilTomorrow(new Date(2026, 5, 10, 22, 30, 30))).toBe(90);
    expect(untilTomorrow(new Date(2026, 5, 10, 0, 0, 0))).toBe(24 * 60);
  });
});
