import type { Condition } from '../model/fault.ts';

/** An IAM policy as data. All policies of target accounts, and the session policies that narrow them, are made in this folder. */
export interface PolicyDocument<Statement = PolicyStatement> {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Denies all but some actions. There is no such Allow, which would be one of most of AWS. */
export interface DenyAllButStatement extends Omit<PolicyStatement, 'Action'> {
  readonly Effect: 'Deny';
  readonly NotAction: readonly string[];
  readonly Action?: never;
}

export function policyOf<Statement>(statements: readonly Statement[]): PolicyDocument<Statement> {
  return { Version: '2012-10-17', Statement: statements };
}

/** Each action once, sorted. */
export function actionsOf(permissions: readonly { readonly action: string }[]): readonly string[] {
  return [...new Set(permissions.map(({ action }) => action))].sort();
}

/** Requested in one region, wherever a role may act. */
export const globalActions: readonly string[] = ['iam:*'];

export function isGlobal(action: string): boolean {
  return globalActions.some((pattern) => action.startsWith(pattern.slice(0, -1)));
}

/** Names of resources may hold what IAM reads as wildcards or variables. Source: IAM, "Policy variables". */
export function literal(arn: string): string {
  return arn.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}

/**
 * Denies all elsewhere: the inline policies of a role take 10,240 characters, and a list of regions in each statement, or of the services
 * here, would not leave enough. Nothing global is denied, as that is requested in one region, wherever the role may act.
 */
export function neverElsewhere(regions: readonly string[]): DenyAllButStatement {
  return {
    Sid: 'NeverElsewhere',
    Effect: 'Deny',
    NotAction: globalActions,
    Resource: ['*'],
    Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
  };
}
