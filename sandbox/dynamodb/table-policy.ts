import { PolicyNotFoundException } from '@aws-sdk/client-dynamodb';
import { InvalidPolicy, readPolicy } from '../policies/policy-document.ts';
import { Eventual } from '../state/eventual.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';
import { resourceInUse, validationError } from './errors.ts';

/** Source: DynamoDB Developer Guide, "Resource-based policy considerations". */
const [maxBytes, spacingMs] = [20_480, 15_000];

interface Revision {
  readonly text: string;
  readonly id: string;
}

/** The resource-based policy of a table, and its revisions. */
export class TablePolicy {
  readonly #arn: string;
  readonly #context: Pick<SandboxContext, 'ids' | 'timings'>;
  readonly #revision: Eventual<Revision | undefined>;
  #updatedAt = Number.NEGATIVE_INFINITY;

  constructor(arn: string, policy: object | undefined, context: Pick<SandboxContext, 'ids' | 'timings'>) {
    this.#arn = arn;
    this.#context = context;
    this.#revision = new Eventual(policy && { text: JSON.stringify(policy), id: revisionId(context) });
  }

  /** Eventually consistent: GetResourcePolicy. */
  readAt(now: number): Revision | undefined {
    return this.#revision.at(now - this.#context.timings.tablePolicyReadMs);
  }

  inEffectAt(now: number): string | undefined {
    const { tablePolicyReadMs, tablePolicyEffectMs } = this.#context.timings;
    return this.#revision.at(now - tablePolicyReadMs - tablePolicyEffectMs)?.text;
  }

  /** Returns the new revision, or the old one where nothing changes: "will return the same revision ID". */
  put(text: string, expected: string | undefined, now: number): string {
    this.#expect(expected);
    this.#check(text);
    const { latest } = this.#revision;
    if (latest?.text === text) return latest.id;
    const revision = { text, id: revisionId(this.#context) };
    this.#update(revision, now);
    return revision.id;
  }

  /** Undefined if there was none. */
  delete(expected: string | undefined, now: number): string | undefined {
    this.#expect(expected);
    const { latest } = this.#revision;
    if (latest !== undefined) this.#update(undefined, now);
    return latest?.id;
  }

  /** Compared with what was written last, not with what is read. */
  #expect(expected: string | undefined): void {
    if (expected === undefined || expected === (this.#revision.latest?.id ?? 'NO_POLICY')) return;
    throw noPolicy(this.#arn);
  }

  /** The documentation says that an update is blocked, not by which error: this is the one of those declared that fits. */
  #update(revision: Revision | undefined, now: number): void {
    if (now < this.#updatedAt + spacingMs) {
      throw resourceInUse(
        `Attempt to change a resource which is still in use: the policy was updated less than ${spacingMs / 1000} seconds ago: ${this.#arn}`,
      );
    }
    this.#revision.set(revision, now);
    this.#updatedAt = now;
  }

  #check(text: string): void {
    if (Buffer.byteLength(text) > maxBytes) {
      throw validationError(`Resource policy size exceeds the limit of ${maxBytes} bytes`);
    }
    try {
      for (const { resources } of readPolicy(text).statements) {
        const foreign = resources.find((arn) => arn !== this.#arn && !arn.startsWith(`${this.#arn}/`));
        if (foreign !== undefined) throw new InvalidPolicy(`${foreign} is not this resource`);
      }
    } catch (error) {
      if (error instanceof InvalidPolicy) throw validationError(`Invalid policy document: ${error.message}`);
      throw error;
    }
  }
}

export function noPolicy(arn: string): Error {
  return new PolicyNotFoundException({
    message: `Resource-based policy not found for the provided ResourceArn: ${arn}, or its revision does not match.`,
    $metadata: { httpStatusCode: 400 },
  });
}

/** A number in AWS as well. */
function revisionId({ ids }: Pick<SandboxContext, 'ids'>): string {
  return String(Number.parseInt(ids.uuid().slice(0, 8), 16));
}
