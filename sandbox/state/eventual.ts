/**
 * A value whose changes are not seen at once: reads and authorization in AWS lag behind writes. Whoever looks is some time behind,
 * always as much as that may take, so that code that counts on less fails.
 */
export class Eventual<Value> {
  readonly #changes: { readonly at: number; readonly value: Value }[];

  constructor(value: Value) {
    this.#changes = [{ at: Number.NEGATIVE_INFINITY, value }];
  }

  /** As it was written last. */
  get latest(): Value {
    return this.at(Number.POSITIVE_INFINITY);
  }

  /** As whoever looks at a moment sees it who is not behind. */
  at(moment: number): Value {
    const change = this.#changes.findLast(({ at }) => at <= moment) ?? this.#changes[0];
    if (change === undefined) throw new Error('it has had a value since its beginning');
    return change.value;
  }

  set(value: Value, now: number): void {
    this.#changes.push({ at: now, value });
  }
}
