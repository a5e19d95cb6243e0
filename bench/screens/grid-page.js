// The peer's page: the same rows in AG Grid Community, set up as its makers advise for many rows.
/* global agGrid */

const ROWS = 500_000;
const model = new URLSearchParams(location.search).get("model");
const search = document.querySelector("input");

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short" });
const money = new Intl.NumberFormat("en", { style: "currency", currency: "EUR" });
const amount = ({ value }) => (value ? money.format(Number(value.amount)) : "");

const columnDefs = [
  { headerName: "Amazon", valueGetter: ({ data }) => data?.title.id },
  { headerName: "Order", field: "order", minWidth: 120 },
  { headerName: "Posted", field: "posted", valueFormatter: ({ value }) => (value ? day.format(new Date(value)) : "") },
  { headerName: "Items", field: "items" },
  { headerName: "Rows", field: "rows" },
  { headerName: "Amount", field: "amazon", valueFormatter: amount },
  { headerName: "State", field: "state" },
  { headerName: "NetSuite", valueGetter: ({ data }) => data?.document.number },
  { headerName: "Amount", field: "netsuite_amount", valueFormatter: amount },
  { headerName: "Reason", valueGetter: ({ data }) => data?.reason.id },
];

const common = {
  columnDefs,
  // As high as the rows of the review, so that both draw as many.
  rowHeight: 62,
  animateRows: false,
  defaultColDef: { flex: 1, minWidth: 60, sortable: false },
};

/** Reads pages from the same stand-in as the review does. */
const source = (text) => ({
  async getRows({ startRow, endRow, successCallback }) {
    const request = { at: startRow, limit: endRow - startRow, ...(text !== "" && { search: text }) };
    const answer = await fetch("/call/settlement_lines", { method: "POST", body: JSON.stringify(request) });
    const { rows, total } = await answer.json();
    successCallback(rows, total);
  },
});

/** All rows at once, from one that the stand-in wrote. */
async function everything() {
  const answer = await fetch("/call/settlement_lines", { method: "POST", body: JSON.stringify({ at: 0, limit: 1 }) });
  const [one] = (await answer.json()).rows;
  return Array.from({ length: ROWS }, (_, index) => ({
    ...one,
    id: `${index}.0`,
    order: `111-${String(index).padStart(7, "0")}`,
  }));
}

const rowData = model === "client-side" ? await everything() : undefined;
let grid;
let text = "";

document.querySelector("#open").addEventListener("click", () => {
  [text, search.value] = ["", ""];
  grid = agGrid.createGrid(document.querySelector("#grid"), {
    ...common,
    ...(rowData
      ? {
          rowData,
          isExternalFilterPresent: () => text !== "",
          doesExternalFilterPass: ({ data }) => data.order.includes(text),
        }
      : { rowModelType: "infinite", cacheBlockSize: 100, maxBlocksInCache: 12, datasource: source("") }),
  });
});
document.querySelector("#close").addEventListener("click", () => grid.destroy());

addEventListener("keydown", ({ key, target }) => {
  if (target === search) return;
  if (key === "End") grid.ensureIndexVisible(grid.getDisplayedRowCount() - 1);
  if (key === "Home") grid.ensureIndexVisible(0);
});

// It waits for the last letter as long as the review does.
let typing;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    text = search.value;
    if (rowData) grid.onFilterChanged();
    else grid.setGridOption("datasource", source(text));
  }, 100);
});

document.querySelector("#open").disabled = false;
