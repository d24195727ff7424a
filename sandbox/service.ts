import type { Identity, Sessions } from './identity.ts';
import type { Account } from './state/account.ts';
import type { Region } from './state/region.ts';

/** An AWS service as far as the sandbox speaks it. */
export interface Service {
  /** Name of its SDK client: `EC2Client`. */
  readonly client: string;
  /** By the name of the SDK's command: `TerminateInstancesCommand`. */
  readonly operations: Readonly<Record<string, Operation<never, object>>>;
  readonly errors: CommonErrors;
}

export interface Operation<Input extends object, Output extends object> {
  /** In IAM's words: `ec2:TerminateInstances`. */
  readonly action: string;
  /** The members of the input that it heeds. Any other is refused: an ignored `DryRun` would be a lie. */
  readonly heeds: readonly (keyof Input)[];
  /** What must be allowed for the call. Left out: the action on `*`. */
  accesses?(input: Input, scope: Scope): readonly Access[];
  run(input: Input, scope: Scope): Output;
}

/** An action on a resource, which a policy allows or does not. */
export interface Access {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Condition keys besides those that every call has: `sts:ExternalId`. */
  readonly context?: Readonly<Record<string, string>>;
  /** The trust policy that must allow it besides, where a role is assumed. */
  readonly trustPolicy?: object;
}

/** Where a call takes place. */
export interface Scope {
  /** Epoch ms. */
  readonly now: number;
  readonly identity: Identity;
  /** The caller's account in the call's region: nobody reaches another. */
  readonly region: Region;
  readonly sessions: Sessions;
  /** Undefined for an account that does not exist. */
  account(id: string): Account | undefined;
}

/** What every service says in its own words. */
export interface CommonErrors {
  throttled(): Error;
  denied(message: string): Error;
  /** The credentials have expired. */
  expired(): Error;
  /** The credentials are not known. */
  unknown(): Error;
}
