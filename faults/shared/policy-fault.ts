import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { LastingFault, Permission } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { Sighting, StrikeRef } from '#core/model/lasting.ts';
import type { ResourceType, TargetKind, TargetOf } from '#core/model/target.ts';
import { codeOf } from '#core/util/error-text.ts';
import {
  chaosSid,
  type DenyStatement,
  denyStatement,
  type FoundPolicy,
  findChaosSid,
  findStatement,
  readPolicy,
  withoutStatement,
  withStatement,
} from './deny-statement.ts';
import { isSamePolicyJson } from './is-same-policy-json.ts';
import { minutes } from './minutes.ts';
import { findExcess, type PolicyQuota } from './policy-quota.ts';
import { principal } from './principal.ts';

/** A resource's policy as text, and what a write of it can be made conditional on. */
export interface PolicyText {
  /** Undefined where there is none. */
  readonly text: string | undefined;
  /** Undefined where AWS has none, or none for what is not there. */
  readonly revision: string | undefined;
}

/** The calls about the policies of one kind of resource. All of them throw what the SDK throws. */
export interface PolicyCalls<Target> {
  read(aws: Injector, target: Target): Promise<PolicyText>;
  /** Refused if the policy has another revision by now, where AWS can tell. */
  write(aws: Injector, target: Target, text: string, revision: string | undefined): Promise<void>;
  /** The same. Left out where there is always a policy. */
  remove?(aws: Injector, target: Target, revision: string | undefined): Promise<void>;
  /** Errors of a resource that is no more. */
  readonly gone: readonly string[];
  /** Errors of a write that will be taken in some seconds: the resource is being changed, or what was read was out of date. */
  readonly busy: readonly string[];
}

/** What tells the faults apart that deny by a resource's own policy. */
export interface PolicyFault<Kind extends TargetKind, Action extends string> {
  readonly name: string;
  readonly summary: string;
  readonly kind: Kind['kind'];
  readonly propagationMs: number;
  readonly leaves: string;
  /** Those that can be denied: of data alone, so that nobody is kept from the policy itself. */
  readonly actions: readonly [Action, ...Action[]];
  readonly quota: PolicyQuota;
  readonly permissions: readonly Permission<unknown, ResourceType<Kind>>[];
  /** What else the call that writes the policy can write: `its attributes`. */
  readonly writesBesides?: string;
  readonly calls: PolicyCalls<TargetOf<Kind>>;
  /** The resource type of the target itself, whose ARN is locked. */
  readonly resource: ResourceType<Kind>;
  /** What a statement that denies these actions names. */
  resourcesOf(arn: string): readonly string[];
  /** ARNs of what gets nothing any more, beside the target and the principal that is denied. Reads only. */
  hits?(
    aws: Injector,
    target: TargetOf<Kind>,
    parameters: { readonly actions: readonly Action[]; readonly principal?: string | undefined },
  ): Promise<readonly string[]>;
  /** Beside what is unfit for all of them. */
  unfit?(
    aws: Injector,
    target: TargetOf<Kind>,
    parameters: { readonly principal?: string | undefined },
  ): Promise<string | undefined>;
  /** aws CLI commands that take the statement out. */
  byHand(sid: string, target: TargetOf<Kind>, saved: { readonly wasAbsent: boolean }): readonly string[];
}

const Saved = z.strictObject({
  /** There was no policy at all. */
  wasAbsent: z.boolean(),
  /** Its only statement was not in a list. */
  wasSingle: z.boolean(),
  actions: z.array(z.string()),
  principal: z.string().nullable(),
});
type Saved = z.infer<typeof Saved>;

type Parameters<Action extends string> = {
  readonly actions: readonly Action[];
  readonly principal?: string | undefined;
  readonly minutes: number;
};

/**
 * A fault that denies what is done with a resource's data, by one more statement in the policy of the resource. At the deadline AWS
 * itself ends it, by a condition of the statement; the undo takes out what is left. All other statements stay as they are.
 *
 * Where AWS has no revisions of policies, a change that somebody else makes between our read and our write is lost: for about as long
 * as a call takes.
 */
export function policyFault<Kind extends TargetKind, Action extends string>(
  of: PolicyFault<Kind, Action>,
): LastingFault<Kind, Parameters<Action>, Saved> {
  const { calls, quota } = of;

  const arnOf = ({ arns }: TargetOf<Kind>): string => arns[of.resource] ?? '';

  const statementOf = (
    strike: StrikeRef,
    target: TargetOf<Kind>,
    { actions, principal }: Pick<Saved, 'actions' | 'principal'>,
  ): DenyStatement =>
    denyStatement(strike, {
      actions: [...new Set(actions)],
      resource: of.resourcesOf(arnOf(target)),
      principal: principal ?? undefined,
    });

  /** How the policy stands towards a strike. */
  const sighting = (
    policy: FoundPolicy,
    strike: StrikeRef,
    target: TargetOf<Kind>,
    saved: Saved,
  ): Exclude<Sighting, 'partly' | 'gone'> => {
    const found = findStatement(policy, chaosSid(strike.id));
    if (found !== undefined) {
      return isSameStatement(found, statementOf(strike, target, saved)) ? 'ours' : 'other';
    }
    return findChaosSid(policy) === undefined ? 'before' : 'other';
  };

  const orGone = async <Answer>(answer: Promise<Answer>): Promise<Answer | 'gone'> => {
    try {
      return await answer;
    } catch (error) {
      if (calls.gone.includes(codeOf(error))) return 'gone';
      throw error;
    }
  };

  return {
    name: of.name,
    summary: of.summary,
    kind: of.kind,
    lasts: true,
    version: 1,
    parameters: z.strictObject({
      actions: z
        .array(z.enum(of.actions))
        .min(1)
        .max(of.actions.length)
        .default([...of.actions])
        .describe('What is denied'),
      principal: principal
        .optional()
        .describe('The ARN of a role, which alone is denied. Left out: everybody is, but services of AWS'),
      minutes,
    }),
    saved: Saved,
    propagationMs: of.propagationMs,
    leaves: of.leaves,
    wide: `any other policy of the target, even one that allows other accounts access${of.writesBesides ? `, and any other of ${of.writesBesides}` : ''}`,
    ends: { by: 'aws' },
    permissions: of.permissions,

    prepare: async (aws, target, parameters) => {
      const unfit = await of.unfit?.(aws, target, parameters);
      if (unfit !== undefined) return { unfit };
      const { text } = await calls.read(aws, target);
      const policy = readPolicy(text);
      const sid = findChaosSid(policy);
      if (sid !== undefined) return { unfit: `its policy has the statement ${sid} of a strike already` };
      const saved: Saved = {
        wasAbsent: text === undefined,
        wasSingle: policy.isSingle,
        actions: [...parameters.actions],
        principal: parameters.principal ?? null,
      };
      const longest = { id: '0'.repeat(16), deadline: new Date(0).toISOString(), notAfter: '' };
      const excess = findExcess(withStatement(policy, statementOf(longest, target, saved)), quota);
      if (excess !== undefined) return { unfit: `its policy would have ${excess}` };
      const arn = arnOf(target);
      const others = (await of.hits?.(aws, target, parameters)) ?? [];
      return {
        saved,
        locks: [arn],
        hits: [arn, ...(saved.principal === null ? [] : [saved.principal]), ...others],
      };
    },

    inject: async (hand, target, _parameters, saved) => {
      const { text, revision } = await calls.read(hand, target);
      const policy = readPolicy(text);
      const struck = withStatement(policy, statementOf(hand.strike, target, saved));
      await calls.write(hand, target, struck, revision);
    },

    observe: async (aws, target, saved, strike) => {
      const read = await orGone(calls.read(aws, target));
      return read === 'gone' ? 'gone' : sighting(readPolicy(read.text), strike, target, saved);
    },

    undo: async (hand, target, saved) => {
      const read = await orGone(calls.read(hand, target));
      if (read === 'gone') return { outcome: 'gone' };
      const policy = readPolicy(read.text);
      const sid = chaosSid(hand.strike.id);
      if (findStatement(policy, sid) === undefined) return { outcome: 'undone' };
      if (sighting(policy, hand.strike, target, saved) === 'other') return { outcome: 'contested' };
      const left = withoutStatement(policy, sid, saved);
      const { write, remove } = calls;
      // Somebody else has taken out all the rest, and without any statement there is no such policy.
      if (left === undefined && remove === undefined) return { outcome: 'contested' };
      try {
        const written = await orGone(
          left === undefined
            ? (remove?.(hand, target, read.revision) ?? Promise.resolve())
            : write(hand, target, left, read.revision),
        );
        return { outcome: written === 'gone' ? 'gone' : 'undone' };
      } catch (error) {
        if (!calls.busy.includes(codeOf(error))) throw error;
        return { outcome: 'busy', why: `its policy cannot be changed yet: ${codeOf(error)}` };
      }
    },

    byHand: ({ id }, target, saved) => of.byHand(chaosSid(id), target, saved),
  };
}

/** Services write policies anew: lists of one as their element, `*` as `{ "AWS": "*" }`, actions in other cases. */
function isSameStatement(found: Readonly<Record<string, unknown>>, ours: DenyStatement): boolean {
  const { Action = [], Principal, ...rest } = found;
  const { Action: ourAction, Principal: _ours, ...ourRest } = ours;
  return (
    isSamePolicyJson(rest, ourRest) &&
    isDeepStrictEqual(lowerCase([Action].flat()), lowerCase(ourAction)) &&
    (Principal === '*' || isSamePolicyJson(Principal, { AWS: '*' }))
  );
}

function lowerCase(actions: readonly unknown[]): readonly string[] {
  return actions.map((action) => String(action).toLowerCase()).sort();
}
