import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { compareValues } from './values.ts';

export type Item = Readonly<Record<string, AttributeValue>>;

export interface TableSeed {
  readonly name: string;
  readonly partitionKey: KeyAttribute;
  readonly sortKey?: KeyAttribute;
}

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

/** A DynamoDB table. It checks nothing: whoever puts an item in has done that. */
export class Table {
  readonly name: string;
  readonly arn: string;
  readonly keys: readonly KeyAttribute[];
  readonly #sortKey: string | undefined;
  readonly #partitionKey: string;
  /** By partition, each in the order of its sort keys. */
  readonly #partitions = new Map<string, Item[]>();

  constructor({ name, partitionKey, sortKey }: TableSeed, arn: string) {
    this.name = name;
    this.arn = arn;
    this.keys = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    this.#partitionKey = partitionKey.name;
    this.#sortKey = sortKey?.name;
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
  partition(value: AttributeValue): readonly Item[] {
    return this.#partitions.get(partitionName(value)) ?? [];
  }

  /** All items, for tests and people. */
  items(): readonly Item[] {
    return [...this.#partitions.values()].flat();
  }

  keyOf(item: Item): Item {
    return Object.fromEntries(
      this.keys.flatMap(({ name }) => (item[name] === undefined ? [] : [[name, item[name]]])),
    );
  }

  /** Compares by sort key. */
  compare(a: Item, b: Item): number {
    const [left, right] = this.#sortKey === undefined ? [] : [a[this.#sortKey], b[this.#sortKey]];
    return left === undefined || right === undefined ? 0 : (compareValues(left, right) ?? 0);
  }

  #locate(key: Item): { partition: Item[]; place: number; found: boolean } {
    const value = key[this.#partitionKey];
    const name = value === undefined ? '' : partitionName(value);
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

function partitionName(value: AttributeValue): string {
  return JSON.stringify(value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') });
}
