import { render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { connect } from "../api/api";
import { FixtureHost } from "../host/fixture";
import Home from "../../screens/Home.svelte";
import Settlements from "../../screens/Settlements.svelte";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { attempt } from "./session.svelte";
import { ask } from "../api/api";

beforeEach(async () => {
  connect(new FixtureHost(), () => {});
  await session.start();
});

describe("screens", () => {
  it("show the answer first: Home begins with the sentence", async () => {
    render(Home);
    await waitFor(() => expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("3 things need you."));
  });

  it("keep the three numbers of every settlement side by side", async () => {
    render(Settlements, { place: { screen: "settlements", view: "all" } });
    await waitFor(() => expect(screen.getAllByTestId("settlement-row")).toHaveLength(3));
    const first = screen.getAllByTestId("settlement-row")[0]?.textContent ?? "";
    for (const amount of ["6,432.10", "6,419.70", "12.40"]) expect(first).toContain(amount);
  });

  it("say why when the core refuses", async () => {
    await attempt(() => ask("settlement", { id: "404" }));
    expect(toasts.list.at(-1)?.text).toBe("404 is not here any more.");
  });
});
