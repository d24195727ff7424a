import { Eventual } from '../state/eventual.ts';

/** A resource as others see it that has a policy: what the policy denies at a moment is up to whoever evaluates it. */
export interface PolicyHolder {
  readonly arn: string;
  /** The text of the policy that requests are authorized by at a moment; undefined if there is none. */
  policyInEffect(now: number): string | undefined;
}

/** The policy of a resource: what was written last, what is read, and what requests are authorized by. */
export class ResourcePolicy {
  readonly #text: Eventual<string | undefined>;
  readonly #readAfterMs: number;
  readonly #inEffectAfterMs: number;

  constructor(
    text: string | undefined,
    lag: { readonly readAfterMs?: number; readonly inEffectAfterMs: number },
  ) {
    this.#text = new Eventual(text);
    this.#readAfterMs = lag.readAfterMs ?? 0;
    this.#inEffectAfterMs = lag.inEffectAfterMs;
  }

  get latest(): string | undefined {
    return this.#text.latest;
  }

  readAt(now: number): string | undefined {
    return this.#text.at(now - this.#readAfterMs);
  }

  inEffectAt(now: number): string | undefined {
    return this.#text.at(now - this.#inEffectAfterMs);
  }

  set(text: string | undefined, now: number): void {
    this.#text.set(text, now);
  }
}
