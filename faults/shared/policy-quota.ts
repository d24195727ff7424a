import { readPolicy } from './deny-statement.ts';

/** How much a service takes in the policy of a resource. */
export interface PolicyQuota {
  readonly bytes: number;
  readonly statements?: number;
  /** Condition keys of all statements together. */
  readonly conditions?: number;
}

/** What of a policy is more than its service takes, in a few words. */
export function findExcess(text: string, quota: PolicyQuota): string | undefined {
  const { statements } = readPolicy(text);
  const bytes = Buffer.byteLength(text);
  const conditions = statements.reduce(
    (sum, { Condition = {} }) =>
      sum + Object.values(Condition as object).reduce((keys, one) => keys + Object.keys(one).length, 0),
    0,
  );
  const found = { bytes, statements: statements.length, conditions };
  const over = (['bytes', 'statements', 'conditions'] as const).find(
    (what) => found[what] > (quota[what] ?? Number.POSITIVE_INFINITY),
  );
  return over && `${found[over]} ${over}, and no more than ${quota[over]} are possible`;
}
