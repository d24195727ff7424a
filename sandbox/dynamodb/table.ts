import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareStrings } from './values.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

/** The names of its key attributes, which are strings. */
export interface TableSeed {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey?: string;
}

/** A DynamoDB table. It checks nothing: that is up to whoever puts an item in. */
export class Table {
  readonly name: string;
  readonly arn: string;
  /** The names of its key attributes. */
  readonly keys: readonly string[];
  /** By partition key, each in the order of its sort keys. */
  readonly #partitions = new Map<string, Item[]>();

  constructor({ name, partitionKey, sortKey }: TableSeed, arn: string) {
    this.name = name;
    this.arn = arn;
    this.keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
  }

  get(key: Item): Item | undefined {
    const { partition, place, found } = this.#locate(key);
    return found ? partition[place] : undefined;
  }

  put(item: Item): void {
    const { partition, place, found } = this.#locate(item);
    partition.splice(place, found ? 1 : 0, item);
  }

  delete(key: Item): void {
    const { partition, place, found } = this.#locate(key);
    if (found) partition.splice(place, 1);
  }

  /** All items of a partition, in the order of their sort keys. */
  partition(key: AttributeValue): readonly Item[] {
    return this.#partitions.get(key.S ?? '') ?? [];
  }

  /** All items, each partition in the order of its sort keys. */
  items(): readonly Item[] {
    return [...this.#partitions.values()].flat();
  }

  keyOf(item: Item): Record<string, AttributeValue> {
    return Object.fromEntries(this.keys.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));
  }

  /** Compares by partition key, then by sort key. */
  compare(a: Item, b: Item): number {
    for (const name of this.keys) {
      const order = compareStrings(a[name]?.S ?? '', b[name]?.S ?? '');
      if (order !== 0) return order;
    }
    return 0;
  }

  #locate(key: Item): { partition: Item[]; place: number; found: boolean } {
    const name = key[this.keys[0] ?? '']?.S ?? '';
    const partition = this.#partitions.get(name) ?? [];
    this.#partitions.set(name, partition);
    let [low, high] = [0, partition.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = partition[middle];
      if (item !== undefined && this.compare(item, key) < 0) low = middle + 1;
      else high = middle;
    }
    const there = partition[low];
    return { partition, place: low, found: there !== undefined && this.compare(there, key) === 0 };
  }
}
