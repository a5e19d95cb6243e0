import { plainSpaces, region } from "./region.svelte";

/** A whole number with the region's grouping. */
export function countText(count: number): string {
  return plainSpaces(new Intl.NumberFormat(region()).format(count));
}

/** A share of one as a percentage with one decimal: `0.984` → `98.4%`. */
export function percentText(share: number): string {
  const format = new Intl.NumberFormat(region(), {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return plainSpaces(format.format(share));
}
