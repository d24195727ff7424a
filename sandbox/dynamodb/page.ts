import type { Item } from './table.ts';
import { sizeOfItem } from './values.ts';

/** What one answer reads at most, before filtering. Source: API reference, Query and Scan. */
const pageBytes = 1_048_576;

/** `last` is there when the page ended before the items did, or just as they did: DynamoDB does not look ahead. */
export function pageOf(items: readonly Item[], limit = Number.POSITIVE_INFINITY) {
  let bytes = 0;
  for (const [index, item] of items.entries()) {
    bytes += sizeOfItem(item);
    if (index + 1 >= limit || bytes >= pageBytes) return { page: items.slice(0, index + 1), last: item };
  }
  return { page: items, last: undefined };
}
