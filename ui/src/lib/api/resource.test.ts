import { describe, expect, it } from "vitest";
import type { Host } from "../host/host";
import { connect, type Answer } from "./api";
import { Resource } from "./resource.svelte";

const named = (zone: string) => ({ zones: [{ zone }] }) as unknown as Answer<"schedules">;

describe("the answer to a question", () => {
  it("is what a command answered, also when a reading from before it comes in later", async () => {
    const waiting: ((answer: unknown) => void)[] = [];
    const host: Host = {
      downloads: false,
      call: () => new Promise((answer) => waiting.push(answer)),
      listen: () => () => {},
      open: () => {},
      thirdParty: () => Promise.resolve(null),
    };
    connect(host, () => {});
    const schedules = new Resource("schedules");
    const reading = schedules.load({});
    schedules.put(named("Europe/Paris"));
    waiting[0]?.(named("Europe/Berlin"));
    await reading;
    expect(schedules.answer?.zones[0]?.zone).toBe("Europe/Paris");
  });
});
