/** A call as observers see it. */
export interface SandboxCall {
  readonly account: string;
  readonly region: string;
  /** As IAM calls it: `ec2:TerminateInstances`. */
  readonly action: string;
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** The caller, as `GetCallerIdentity` returns it. */
  readonly caller: string;
  readonly sessionPolicy: string | undefined;
  readonly input: object;
}

/** What becomes of calls on their way. */
export interface Network {
  /** How long a call takes, in ms. */
  durationOf(call: SandboxCall): number;
  /** Undefined for a call that is not disrupted. */
  effectOn(call: SandboxCall): Effect | undefined;
}

/** `answer-lost`: the call takes effect, but its answer is lost. */
export type Effect =
  | { readonly kind: 'throttled' | 'denied' | 'answer-lost' }
  | { readonly kind: 'fails'; readonly error: () => Error };
