import type { Identity, Sessions } from './identity.ts';
import type { Account } from './state/account.ts';
import type { Region } from './state/region.ts';

/** An AWS service, as far as the sandbox implements it. */
export interface Service {
  /** The name of its SDK client: `EC2Client`. */
  readonly client: string;
  readonly operations: readonly Operation<never, object>[];
  readonly errors: CommonErrors;
}

export interface Operation<Input extends object, Output extends object> {
  /** As IAM calls it, `ec2:TerminateInstances`: the SDK's command is `TerminateInstancesCommand`. */
  readonly action: string;
  /** The members of the input that it supports. Any other is refused: ignoring `DryRun` would be a lie. */
  readonly inputs: readonly (keyof Input)[];
  /** What must be allowed for the call. Left out: the action on `*`. */
  requires?(input: Input, scope: Scope): readonly Access[];
  run(input: Input, scope: Scope): Output;
}

/** An action on a resource, which a policy allows or does not. */
export interface Access {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Condition keys in addition to those of every call: `sts:ExternalId`. */
  readonly context?: Readonly<Record<string, string>>;
  /** When assuming a role: the trust policy that must also allow it. */
  readonly trustPolicy?: object;
}

/** Where a call takes place. */
export interface Scope {
  /** Epoch ms. */
  readonly now: number;
  readonly identity: Identity;
  /** The caller's account in the call's region: a call reaches no other. */
  readonly region: Region;
  readonly sessions: Sessions;
  /** Undefined for an account that does not exist. */
  account(id: string): Account | undefined;
}

/** Errors that every service has, in its own wording. */
export interface CommonErrors {
  throttled(): Error;
  denied(message: string): Error;
  /** The credentials have expired. */
  expired(): Error;
  /** The credentials are not known. */
  unknown(): Error;
}
