import { describe, expect, it } from "vitest";
import { address, place, routeAddress, router, type Place } from "./router.svelte";

const PLACES: Place[] = [
  { screen: "home" },
  { screen: "settlements", view: "all" },
  { screen: "settlements", view: "to_review" },
  { screen: "settlement", id: "18204117642", tab: "fees", category: "storage" },
  { screen: "orders", view: "to_ship", search: "LAMP & 2", order: "402-9925103-1184467" },
  { screen: "money" },
  { screen: "flows" },
  { screen: "flow", id: "mfn-orders", tab: "overview", scope: "", field: null, cause: null },
  { screen: "flow", id: "fba-orders", tab: "mapping", scope: "eu:A1", field: "body.memo", cause: null },
  { screen: "runs" },
  { screen: "run", id: "a/b" },
  { screen: "errors", tab: "needs_you", cause: "ITEM_NOT_FOUND:LAMP-RED-EU" },
  { screen: "mappings", form: "mfn-orders", scope: "eu:A1", field: "line.class" },
  { screen: "settings" },
];

describe("addresses", () => {
  it.each(PLACES)("come back as the place they were made of: $screen", (one) => {
    expect(place(address(one))).toEqual(one);
  });

  it("that nobody knows are Home", () => {
    expect(place("#/no-such-screen")).toEqual({ screen: "home" });
  });

  it("of the core may begin with a slash or not", () => {
    expect(routeAddress("/settlements/1")).toBe("#/settlements/1");
    expect(place(routeAddress("errors/ITEM_NOT_FOUND%3AX"))).toEqual({
      screen: "errors",
      tab: "needs_you",
      cause: "ITEM_NOT_FOUND:X",
    });
  });

  it("are followed when the desktop shell opens one", async () => {
    router.start();
    location.hash = "#/orders?order=402-9925103-1184467";
    await new Promise((done) => addEventListener("hashchange", done, { once: true }));
    expect(router.current).toMatchObject({ screen: "orders", order: "402-9925103-1184467" });
  });
});
