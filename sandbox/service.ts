import type { CommonErrors } from './common-errors.ts';
import type { Identity, Sessions } from './identity.ts';
import type { Account } from './state/account.ts';
import type { Region } from './state/region.ts';

/** An AWS service, as far as the sandbox implements it. */
export interface Service {
  /** The name of its SDK client: `EC2Client`. */
  readonly client: string;
  readonly operations: readonly Operation<never, object>[];
  readonly errors: CommonErrors;
  /** Of a global service: the region that its calls go to, wherever the client is. */
  readonly region?: string;
}

export interface Operation<Input extends object, Output extends object> {
  /**
   * `ec2:TerminateInstances` for the SDK's `TerminateInstancesCommand`. Mostly IAM calls it that too; where it does not, `requires`
   * says what must be allowed.
   */
  readonly action: string;
  /** The members of the input that it supports. Any other is refused: ignoring `DryRun` would be a lie. */
  readonly inputs: readonly (keyof Input)[];
  /** What must be allowed for the call. Left out: the action on `*`. */
  requires?(input: Input, scope: Scope): readonly Access[];
  /** A promise only where the authorizer is asked: whatever waits lets others go first. */
  run(input: Input, scope: Scope): Output | Promise<Output>;
}

/** An operation with the service that it belongs to. */
export interface Implementation {
  readonly service: Service;
  readonly operation: Operation<never, object>;
}

/** An action on a resource, which a policy allows or does not. */
export interface Access {
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Condition keys in addition to those of every call: `sts:ExternalId`. */
  readonly context?: Readonly<Record<string, string | string[]>>;
  /** The resource's own policy, which has a say in it. */
  readonly resourcePolicy?: object;
  /** The trust policy that must allow it as well, where a role is assumed. */
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
  /** The authorizer, if there is one, for calls that ask about others. */
  readonly authorize?:
    | ((
        request: Access & {
          readonly identity: Identity;
          readonly account: string;
          readonly region: string;
          readonly at: number;
        },
      ) => boolean | Promise<boolean>)
    | undefined;
  /** Undefined for an account that does not exist. */
  account(id: string): Account | undefined;
  /** What implements a call; `client` as a universal target of EventBridge Scheduler names it: `lambda`. Throws where nothing does. */
  implementationOf(call: {
    readonly client: string;
    readonly command: string;
    readonly input: object;
  }): Implementation;
}
