import type { BuiltInView, MappingScope, MappingSource } from "../api/generated/contract";
import { countryName } from "../format/country.svelte";
import type { MessageId } from "../text/ids";
import { t } from "../text/text.svelte";

export type Kind = MappingSource["from"];

/** The kinds of source, in the order in which they are offered. */
export const KINDS: Record<Kind, MessageId> = {
  field: "mapping-from-field",
  constant: "mapping-from-constant",
  table: "mapping-from-table",
  text: "mapping-from-text",
  expression: "mapping-from-expression",
  omit: "mapping-from-omit",
};

export const SHAPES: Record<string, MessageId> = {
  text: "mapping-shape-text",
  record: "mapping-shape-record",
  flag: "mapping-shape-flag",
  number: "mapping-shape-number",
  date: "mapping-shape-date",
};

export const TESTS: Record<string, MessageId> = {
  is: "mapping-test-is",
  is_not: "mapping-test-is-not",
  is_one_of: "mapping-test-is-one-of",
  starts_with: "mapping-test-starts-with",
  contains: "mapping-test-contains",
  is_filled: "mapping-test-is-filled",
  is_empty: "mapping-test-is-empty",
};

export const FORMATS: Record<string, MessageId> = {
  as_is: "mapping-format-as-is",
  upper: "mapping-format-upper",
  lower: "mapping-format-lower",
  trim: "mapping-format-trim",
  digits: "mapping-format-digits",
  first: "mapping-format-first",
  last: "mapping-format-last",
  shift_days: "mapping-format-shift-days",
  year: "mapping-format-year",
  year_month: "mapping-format-year-month",
  join: "mapping-format-join",
};

/** Formats that need to know a number or a separator. */
export const ARGUED = ["first", "last", "shift_days", "join"];

export const OTHERWISE: Record<string, MessageId> = {
  inherit: "mapping-empty-inherit",
  leave_out: "mapping-empty-leave-out",
  take: "mapping-empty-take",
  ask: "mapping-empty-ask",
};

const ORIGINS: Record<string, MessageId> = {
  default: "mapping-origin-default",
  workspace: "mapping-origin-workspace",
  account: "mapping-origin-account",
  marketplace: "mapping-origin-marketplace",
};

/** Where a value comes from. */
export const originText = (level: string): string => t(ORIGINS[level] ?? "mapping-origin-default");

const FIELDS: Record<string, MessageId> = {
  externalId: "mapping-field-external-id",
  otherRefNum: "mapping-field-other-ref-num",
  entity: "mapping-field-entity",
  currency: "mapping-field-currency",
  tranDate: "mapping-field-tran-date",
  item: "mapping-field-item",
  quantity: "mapping-field-quantity",
  rate: "mapping-field-rate",
  amount: "mapping-field-amount",
  memo: "mapping-field-memo",
  subsidiary: "mapping-field-subsidiary",
  location: "mapping-field-location",
  department: "mapping-field-department",
  class: "mapping-field-class",
  shipMethod: "mapping-field-ship-method",
  customForm: "mapping-field-custom-form",
  salesRep: "mapping-field-sales-rep",
  partner: "mapping-field-partner",
  leadSource: "mapping-field-lead-source",
  message: "mapping-field-message",
  description: "mapping-field-description",
  entityId: "mapping-field-entity-id",
  isPerson: "mapping-field-is-person",
  companyName: "mapping-field-company-name",
  firstName: "mapping-field-first-name",
  lastName: "mapping-field-last-name",
  email: "mapping-field-email",
  category: "mapping-field-category",
  priceLevel: "mapping-field-price-level",
  terms: "mapping-field-terms",
  taxItem: "mapping-field-tax-item",
  territory: "mapping-field-territory",
  receivablesAccount: "mapping-field-receivables-account",
  comments: "mapping-field-comments",
  inventoryLocation: "mapping-field-inventory-location",
  shipStatus: "mapping-field-ship-status",
  dueDate: "mapping-field-due-date",
  account: "mapping-field-account",
  packageReferenceId: "mapping-field-package-reference",
  trackingNumber: "mapping-field-tracking-number",
  orderItems: "mapping-field-order-items",
  carrierCode: "mapping-field-carrier-code",
  carrierName: "mapping-field-carrier-name",
  shippingMethod: "mapping-field-shipping-method",
  shipDate: "mapping-field-ship-date",
  shipFromSupplySourceId: "mapping-field-ship-from-supply-source",
};

/** Fields that name a record of NetSuite, and the list it is chosen from; nothing where its id is typed. */
const RECORDS: Record<string, string | null> = {
  subsidiary: "subsidiary",
  location: "location",
  department: "department",
  class: "class",
  shipMethod: "ship_method",
  category: "customerCategory",
  priceLevel: "priceLevel",
  terms: "term",
  taxItem: "taxCode",
  receivablesAccount: "account",
  customForm: null,
  salesRep: null,
  partner: null,
  leadSource: null,
  territory: null,
};

/** What people call a field; a custom field has only its own name. */
export function fieldText(field: string): string {
  const id = FIELDS[field];
  return id ? t(id) : field;
}

/** A new row of this field is written like this unless somebody says otherwise. */
export function usualShape(field: string): string {
  if (field === "shipDate") return "date";
  return field in RECORDS || field.startsWith("cseg") ? "record" : "text";
}

/** The list of NetSuite that a field's value is chosen from, or nothing where its id is typed. */
export const listOf = (field: string): string | null => RECORDS[field] ?? null;

/** An empty source of a kind. */
export function emptySource(kind: Kind): MappingSource {
  switch (kind) {
    case "field":
      return { from: "field", paths: ["order.id"], format: { name: "as_is", argument: "" } };
    case "constant":
      return { from: "constant", value: "" };
    case "table":
      return { from: "table", path: "order.channel", rows: [{ from: "", to: "" }], default: "", unique: false };
    case "text":
      return { from: "text", template: "Amazon {order.id}" };
    case "expression":
      return { from: "expression", text: "" };
    case "omit":
      return { from: "omit" };
  }
}

/** A source in one line. */
export function sourceText(source: MappingSource): string {
  switch (source.from) {
    case "field":
      return source.paths.join(` ${t("mapping-or-else")} `);
    case "constant":
      return source.value;
    case "table":
      return t("mapping-table-of", { count: source.rows.length, path: source.path });
    case "text":
      return source.template;
    case "expression":
      return source.text;
    case "omit":
      return t("mapping-not-sent");
  }
}

/** What the product fills a field with by itself, in one line. */
export function builtInText(built: BuiltInView | null): string {
  if (built === null) return t("mapping-not-sent");
  if (built.kind === "option") return t("mapping-by-option", { value: built.value ?? "–" });
  if (built.kind === "table") return t("mapping-by-table");
  return built.what;
}

/** The name of a scope. */
export function scopeText(scope: MappingScope): string {
  if (scope.level === "workspace") return t("mapping-all-marketplaces");
  if (scope.level === "account") return t("mapping-account-of", { region: scope.name });
  return countryName(scope.name);
}
