import { expect, test, type Screen } from "./screen";

interface Order {
  id: string;
  ordered: string;
  ship_by: string | null;
  document: { number: string } | null;
}

const list = async (screen: Screen, request: object) =>
  (await screen.ask<{ orders: Order[] }>("orders", request)).orders;

test("orders stand in the order of purchase, the latest first", async ({ synced: screen }) => {
  const instants = (await list(screen, { limit: 200 })).map((one) => Date.parse(one.ordered));
  expect(instants.length).toBe(200);
  expect(instants).toEqual([...instants].sort((one, other) => other - one));
});

test("CMN-21: what must ship within 24 hours has a view of its own, the soonest first", async ({ synced: screen }) => {
  const late = await list(screen, { view: "late" });
  const due = late.map((one) => Date.parse(one.ship_by ?? ""));
  expect(due.length).toBeGreaterThan(0);
  expect(due).toEqual([...due].sort((one, other) => one - other));
  await screen.open("/orders?view=late");
  await expect(screen.page.getByRole("columnheader", { name: "Ship by" })).toBeVisible();
  await expect(screen.page.getByTestId("order-row")).toHaveCount(late.length);
  await expect(screen.page.getByTestId("order-row").first()).toHaveAttribute("data-order", late[0]?.id ?? "");
});

test("an order is found by its NetSuite number, and shows that number and no other", async ({ synced: screen }) => {
  const known = (await list(screen, { limit: 200 })).find((one) => one.document !== null);
  const number = known?.document?.number ?? "";
  expect(number).not.toBe("");
  await screen.open("/orders");
  await screen.page.getByRole("searchbox").fill(number);
  await expect(screen.page.getByTestId("order-row")).toHaveCount(1);
  await screen.page.getByTestId("order-row").click();
  const steps = screen.page.getByRole("complementary").locator(".steps");
  await expect(steps).toContainText(number);
  await expect(steps).not.toContainText("AZN-");
});

test("CMN-40: who the buyer is stays hidden until somebody asks", async ({ synced: screen }) => {
  let id = "";
  for (const order of await list(screen, { limit: 60 })) {
    const { buyer } = await screen.ask<{ buyer: string }>("order", { id: order.id });
    if (buyer === "hidden") id = order.id;
    if (id !== "") break;
  }
  expect(id).not.toBe("");
  await screen.open(`/orders?order=${id}`);
  const buyer = screen.page.getByTestId("buyer");
  await expect(buyer.locator("dd")).toHaveCount(0);
  await buyer.getByTestId("reveal-buyer").click();
  await expect(buyer.locator("dd").first()).not.toBeEmpty();
  await expect(buyer).toContainText("Address");
  expect(await screen.violations()).toEqual([]);
});
