import { Eventual } from '../state/eventual.ts';

/** A managed policy, which roles can have attached. */
export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly document: object;
}

/** The ARNs of the managed policies that a role has attached. */
export class Attachments {
  readonly #arns: Eventual<readonly string[]>;
  readonly #lag: { readonly iamReadMs: number; readonly iamEffectMs: number };

  constructor(arns: readonly string[], lag: { readonly iamReadMs: number; readonly iamEffectMs: number }) {
    this.#arns = new Eventual(arns);
    this.#lag = lag;
  }

  get latest(): readonly string[] {
    return this.#arns.latest;
  }

  readAt(now: number): readonly string[] {
    return this.#arns.at(now - this.#lag.iamReadMs);
  }

  /** Those that requests of the role are authorized by. */
  inEffectAt(now: number): readonly string[] {
    return this.#arns.at(now - this.#lag.iamEffectMs);
  }

  attach(arn: string, now: number): void {
    if (!this.latest.includes(arn)) this.#arns.set([...this.latest, arn], now);
  }

  detach(arn: string, now: number): void {
    this.#arns.set(
      this.latest.filter((other) => other !== arn),
      now,
    );
  }
}
