import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, describe, expect, it } from "vitest";
import Settlement from "../../../screens/Settlement.svelte";
import { connect } from "../../api/api";
import { FixtureHost } from "../../host/fixture";
import { session } from "../../session/session.svelte";
import { press } from "../../window/keys.svelte";

beforeEach(async () => {
  // jsdom has no modal dialogs.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  connect(new FixtureHost(), () => {});
  await session.start();
});

describe("the lines of a settlement", () => {
  it("offer what can be done about the line in hand, by button and by key", async () => {
    render(Settlement, { place: { screen: "settlement", id: "18204117642", tab: "unmatched", category: null } });
    await waitFor(() => expect(screen.getAllByTestId("line").length).toBe(5));
    expect(screen.getAllByTestId("row-find")).toHaveLength(1);
    await fireEvent.click(screen.getByTestId("row-more"));
    for (const act of ["find", "note", "later", "exclude"]) expect(screen.getByTestId(`menu-${act}`)).toBeDefined();
    expect(screen.queryByTestId("menu-write_off")).toBeNull();
    // The menu moves the focus in the next frame.
    await new Promise(requestAnimationFrame);
    press(new KeyboardEvent("keydown", { key: "n" }));
    await waitFor(() => expect(screen.getByTestId("row-note-text")).toBeDefined());
  });
});
