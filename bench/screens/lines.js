// Stands in for the core where the lines of a settlement are asked for: 500,000 of them, each page written on demand.

export const ROWS = 500_000;

/** What is typed to filter, and the first order that is left: it is not in view before. */
export const SEARCH = "07777";
export const FOUND = "111-0007777";

export const orderOf = (index) => `111-${String(index).padStart(7, "0")}`;

const found = new Map();

/** The indexes of the orders with this text, as the core would find them; looked for once. */
function hits(search) {
  if (!found.has(search)) {
    const all = [];
    for (let index = 0; index < ROWS; index++) if (orderOf(index).includes(search)) all.push(index);
    found.set(search, all);
  }
  return found.get(search);
}

// The answers that a person typing the search causes must not wait for this stand-in.
for (let end = 1; end <= SEARCH.length; end++) hits(SEARCH.slice(0, end));

const TABS = ["matched", "unmatched", "different", "fees", "reserve"];

/** The answer to `settlement_lines` as text, when every line is this one with an order and a document of its own. */
export function linesLike(line) {
  const { id, order, document } = line;
  const pattern = JSON.stringify(line).replace(`"id":"${id}"`, '"id":"<index>.0"');
  const pieces = pattern.split(new RegExp(`(<index>|${order}|${document.number})`));
  const written = (index) => {
    const own = { "<index>": index, [order]: orderOf(index), [document.number]: `INV${100_000 + index}` };
    return pieces.map((piece) => own[piece] ?? piece).join("");
  };
  return ({ at = 0, limit = 200, search }) => {
    const kept = search === undefined || search === "" ? null : hits(search);
    const total = kept?.length ?? ROWS;
    const rows = [];
    for (let place = at; place < Math.min(total, at + limit); place++) rows.push(written(kept ? kept[place] : place));
    const tabs = TABS.map((tab) => `{"id":"${tab}","count":${total}}`);
    return `{"rows":[${rows.join(",")}],"at":${at},"total":${total},"tabs":[${tabs.join(",")}]}`;
  };
}
