import type { Runtime } from '@aws-sdk/client-lambda';
import type { Tags } from '#core/model/group.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

/** A function as a scenario describes it. */
export interface FunctionSeed {
  readonly name: string;
  readonly tags?: Tags;
  readonly runtime?: Runtime;
  readonly environment?: Tags;
  /** The ARN of the role that it acts with. */
  readonly role?: string;
  readonly settings?: Partial<FunctionSettings>;
  /** Left out: none is reserved. */
  readonly reserved?: number;
  /** By alias or version. */
  readonly provisioned?: Readonly<Record<string, number>>;
  /** Beside those that have provisioned concurrency. */
  readonly aliases?: readonly string[];
  /** What an invocation returns or throws. Left out: it cannot be invoked, as no code of it is here. */
  readonly answer?: (event: unknown) => unknown;
}

export interface FunctionSettings {
  readonly handler: string;
  /** MB. */
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
}

export interface ResourcePolicy {
  readonly text: string;
  readonly revision: string;
}

/** A Lambda function. It checks nothing: that is up to the calls, and a scenario may do to it what it likes. */
export class LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly runtime: Runtime;
  readonly environment: Tags;
  readonly role: string;
  readonly qualifiers: ReadonlySet<string>;
  readonly provisioned: ReadonlyMap<string, number>;
  readonly answer: ((event: unknown) => unknown) | undefined;
  tags: Tags;
  /** Undefined: it shares the account's unreserved concurrency. */
  reserved: number | undefined;
  readonly #context: SandboxContext;
  /** By alias or version; that of the function itself has the key `''`. */
  readonly #policies = new Map<string, ResourcePolicy>();
  #settings: FunctionSettings;
  #updatedAt = Number.NEGATIVE_INFINITY;
  #modifiedAt: number;
  #revision: { readonly during: string; readonly after: string };

  constructor(seed: FunctionSeed, arn: string, context: SandboxContext) {
    const { name, tags = {}, runtime = 'nodejs24.x', environment = {}, provisioned = {} } = seed;
    this.name = name;
    this.tags = tags;
    this.runtime = runtime;
    this.environment = environment;
    this.role = seed.role ?? `arn:aws:iam::${arn.split(':')[4]}:role/${name}`;
    this.arn = arn;
    this.reserved = seed.reserved;
    this.provisioned = new Map(Object.entries(provisioned));
    this.qualifiers = new Set([...this.provisioned.keys(), ...(seed.aliases ?? [])]);
    this.answer = seed.answer;
    this.#settings = { handler: 'index.handler', memorySize: 128, timeout: 3, ...seed.settings };
    this.#context = context;
    this.#modifiedAt = context.clock.now();
    this.#revision = this.#newRevision();
  }

  get settings(): FunctionSettings {
    return this.#settings;
  }

  get modifiedAt(): number {
    return this.#modifiedAt;
  }

  /** All of its provisioned concurrency. */
  get provisionedTotal(): number {
    return [...this.provisioned.values()].reduce((sum, one) => sum + one, 0);
  }

  isUpdatingAt(now: number): boolean {
    return now < this.#updatedAt + this.#context.timings.functionUpdateMs;
  }

  /** It changes once more when an update is complete: https://github.com/aws/aws-sdk/issues/377. */
  revisionAt(now: number): string {
    return this.isUpdatingAt(now) ? this.#revision.during : this.#revision.after;
  }

  update(settings: Partial<FunctionSettings>, at = this.#context.clock.now()): void {
    this.#settings = { ...this.#settings, ...settings };
    this.#updatedAt = at;
    this.#modifiedAt = at;
    this.#revision = { during: this.#context.ids.uuid(), after: this.#context.ids.uuid() };
  }

  policyAt(now: number, qualifier = ''): ResourcePolicy | undefined {
    const policy = this.#policies.get(qualifier);
    return policy && qualifier === '' ? { ...policy, revision: this.revisionAt(now) } : policy;
  }

  /**
   * The policy of the function itself has the function's revision, as far as is known: a change of one is one of the other.
   * Source: https://github.com/localstack/localstack/pull/7482, which compared AWS.
   */
  setPolicy(text: string | undefined, qualifier = ''): void {
    this.#revision = this.#newRevision();
    if (text === undefined) this.#policies.delete(qualifier);
    else this.#policies.set(qualifier, { text, revision: this.#context.ids.uuid() });
  }

  #newRevision() {
    const revision = this.#context.ids.uuid();
    return { during: revision, after: revision };
  }
}
