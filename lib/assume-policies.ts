import type { Config, TargetAccount } from '#core/config/config.ts';
import { roleArn } from '#core/model/aws-names.ts';
import { InvalidInput } from '#core/util/parse.ts';

export interface AssumeStatement {
  readonly Effect: 'Allow';
  readonly Action: 'sts:AssumeRole' | 'sts:SetSourceIdentity';
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
}

export interface AssumePolicies {
  /** One inline policy with the exact ARN of every role; undefined if it would not fit. */
  readonly inline: readonly AssumeStatement[] | undefined;
  /** Managed policies to use instead. */
  readonly managed: readonly (readonly AssumeStatement[])[];
}

/** A role's inline policies share 10,240 characters; the rest is for the other policies. */
const maxInlineLength = 7_000;
const maxManagedLength = 6_144;
/** The default quota of managed policies per role. */
const maxManagedPolicies = 10;
/** Up to this many accounts, exact ARNs take less room than a shared role name. */
const fewAccounts = 5;

/**
 * Lets the master assume the configured target roles and no others: lists exact ARNs while they fit, else role names with the exact
 * accounts in which they may be assumed. Throws `InvalidInput` if not even that fits.
 *
 * `aws:ResourceAccount` and `aws:ResourceOrgID` are the account and the organization of the assumed role.
 * Source: "New: control access to your resources based on the account, OU or organization", 27 April 2022, whose
 * example is STS. `sts:SetSourceIdentity` is granted without these conditions: it is not a call of its own but part of an AssumeRole
 * call, which the other statement must also allow.
 */
export function assumePolicies(
  config: Pick<Config, 'accounts' | 'organization'>,
  partition: string,
): AssumePolicies {
  const { accounts, organization } = config;

  const statements = (
    resources: readonly string[],
    accountIds?: readonly string[],
  ): readonly AssumeStatement[] => {
    const conditions = {
      ...(accountIds && { 'aws:ResourceAccount': accountIds }),
      ...(organization !== undefined && { 'aws:ResourceOrgID': organization }),
    };
    return [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource: resources,
        ...(Object.keys(conditions).length > 0 && { Condition: { StringEquals: conditions } }),
      },
      { Effect: 'Allow', Action: 'sts:SetSourceIdentity', Resource: resources },
    ];
  };
  const exact = (page: readonly TargetAccount[]) =>
    statements(page.map(({ id, roleName }) => roleArn(partition, id, roleName)));
  const byName = (roleName: string, page: readonly TargetAccount[]) =>
    statements(
      [roleArn(partition, '*', roleName)],
      page.map(({ id }) => id),
    );

  const all = exact(accounts);
  if (length(all) <= maxInlineLength) return { inline: all, managed: [] };

  const names = [...Map.groupBy(accounts, ({ roleName }) => roleName)];
  const isShared = ([, sharing]: (typeof names)[number]) => sharing.length > fewAccounts;
  const managed = pages(
    [
      ...names.filter(isShared).flatMap(([name, sharing]) => pages(sharing, (page) => byName(name, page))),
      ...pages(
        names.filter((entry) => !isShared(entry)).flatMap(([, sharing]) => sharing),
        exact,
      ),
    ],
    (page) => page.flat(),
  );
  if (managed.length > maxManagedPolicies) {
    throw new InvalidInput('chaos.config.ts', [
      {
        path: 'accounts',
        expected: `expected accounts that share role names: IAM allows ${maxManagedPolicies} managed policies per role`,
        found: `${accounts.length} accounts with ${names.length} role names, which need ${managed.length}`,
      },
    ]);
  }
  return { inline: undefined, managed };
}

/** Distributes items, in order, over as few policies as possible. */
function pages<Item>(
  items: readonly Item[],
  toStatements: (page: readonly Item[]) => readonly AssumeStatement[],
): readonly (readonly AssumeStatement[])[] {
  const filled: Item[][] = [];
  for (const item of items) {
    const last = filled.at(-1);
    if (last !== undefined && length(toStatements([...last, item])) <= maxManagedLength) last.push(item);
    else filled.push([item]);
  }
  return filled.map(toStatements);
}

/** The length as IAM counts it, without white space. */
function length(statements: readonly AssumeStatement[]): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;
}
