import type { Condition } from '../model/fault.ts';

/** An IAM policy as data. All policies of target accounts, and the session policies that narrow them, are made in this folder. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

export function policyOf(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

/** Each action once, sorted. */
export function actionsOf(permissions: readonly { readonly action: string }[]): readonly string[] {
  return [...new Set(permissions.map(({ action }) => action))].sort();
}

/** IAM's own calls are requested in one region, wherever the role may act. */
export function isGlobal(action: string): boolean {
  return action.startsWith('iam:');
}

/** Names of resources may hold what IAM reads as wildcards or variables. Source: IAM, "Policy variables". */
export function literal(arn: string): string {
  return arn.replaceAll(/[*?$]/g, (character) => `\${${character}}`);
}
