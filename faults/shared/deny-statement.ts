import * as z from 'zod';
import type { StrikeRef } from '#core/model/lasting.ts';

/** A statement that denies, says until when, and spares AWS's own services. */
export interface DenyStatement {
  readonly Sid: string;
  readonly Effect: 'Deny';
  readonly Principal: '*';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition: {
    readonly DateLessThan: { readonly 'aws:CurrentTime': string };
    readonly BoolIfExists: { readonly 'aws:PrincipalIsAWSService': 'false' };
    readonly ArnEquals?: { readonly 'aws:PrincipalArn': string };
  };
}

/**
 * Denies actions on data until the strike's deadline: then AWS itself ends it, whoever is there to remove the statement. Without
 * `principal`, the ARN of a role, it holds for everybody.
 *
 * Service principals are spared, as what they deliver is lost where it is denied: EventBridge does not retry it, and SNS discards it.
 * Sources: IAM User Guide, "AWS global condition context keys", aws:CurrentTime, aws:PrincipalIsAWSService.
 */
export function denyStatement(
  { id, deadline }: StrikeRef,
  {
    actions,
    resource,
    principal,
  }: {
    readonly actions: readonly string[];
    readonly resource: string | readonly string[];
    readonly principal?: string | undefined;
  },
): DenyStatement {
  return {
    Sid: chaosSid(id),
    Effect: 'Deny',
    Principal: '*',
    Action: actions,
    Resource: resource,
    Condition: {
      DateLessThan: { 'aws:CurrentTime': deadline },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      ...(principal !== undefined && { ArnEquals: { 'aws:PrincipalArn': principal } }),
    },
  };
}

/** Letters and digits alone, as some services allow no others in a Sid. */
export function chaosSid(strikeId: string): string {
  return `Chaos${strikeId}`;
}

const Statement = z.looseObject({ Sid: z.string().optional() });
const Policy = z.looseObject({ Statement: z.union([Statement, z.array(Statement)]).optional() });

/** A resource policy as we found it. */
export interface FoundPolicy {
  /** All of it, statements included. */
  readonly document: Readonly<Record<string, unknown>>;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
  /** Its only statement is not in a list. */
  readonly isSingle: boolean;
}

/** Throws `SyntaxError` or `ZodError` for what is no policy. `text`: undefined where there is none. */
export function readPolicy(text: string | undefined): FoundPolicy {
  if (text === undefined || text === '') {
    return { document: { Version: '2012-10-17' }, statements: [], isSingle: false };
  }
  const document = Policy.parse(JSON.parse(text));
  const { Statement: found = [] } = document;
  return Array.isArray(found)
    ? { document, statements: found, isSingle: false }
    : { document, statements: [found], isSingle: true };
}

/** The policy with one more statement; all others stay as they are, in their order. */
export function withStatement({ document, statements }: FoundPolicy, added: DenyStatement): string {
  return JSON.stringify({ ...document, Statement: [...statements, added] });
}

/** The policy without a strike's statement; undefined where no other is left. `wasSingle`: as it was found before. */
export function withoutStatement(
  { document, statements }: FoundPolicy,
  sid: string,
  { wasSingle }: { readonly wasSingle: boolean },
): string | undefined {
  const left = statements.filter(({ Sid }) => Sid !== sid);
  if (left.length === 0) return undefined;
  return JSON.stringify({ ...document, Statement: wasSingle && left.length === 1 ? left[0] : left });
}

/** The statement of a strike in a policy, whatever it says. */
export function findStatement({ statements }: FoundPolicy, sid: string) {
  return statements.find(({ Sid }) => Sid === sid);
}

/** A statement that a strike has left or is active in: two at once would hide each other's effect. */
export function findChaosSid({ statements }: FoundPolicy): string | undefined {
  return statements
    .map(({ Sid }) => Sid)
    .find((Sid): Sid is string => typeof Sid === 'string' && /^Chaos[0-9a-f]{16}$/.test(Sid));
}
