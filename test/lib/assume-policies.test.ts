import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roleArn } from '#core/model/aws-names.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { type AssumePolicies, assumePolicies } from '#lib/assume-policies.ts';

function account(id: number, roleName = 'chaos-monkey-target') {
  return {
    id: String(id).padStart(12, '0'),
    roleName,
    regions: ['eu-west-1'],
    externalId: 'x',
    iamRoles: [],
  };
}

function lengthOf(statements: NonNullable<AssumePolicies['inline']>): number {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;
}

/** Which roles the statements let be assumed, as `account/name`. */
function assumable({ inline, managed }: AssumePolicies): string[] {
  return [...(inline ?? []), ...managed.flat()]
    .filter(({ Action }) => Action === 'sts:AssumeRole')
    .flatMap(({ Resource, Condition }) =>
      Resource.flatMap((arn) => {
        const [id = '', name = ''] = arn.replace('arn:aws:iam::', '').split(':role/');
        const accounts = Condition?.StringEquals['aws:ResourceAccount'];
        return id === '*' ? [accounts ?? []].flat().map((one) => `${one}/${name}`) : [`${id}/${name}`];
      }),
    );
}

describe('assumePolicies', () => {
  test('names exact ARNs in one inline policy while they fit', () => {
    const accounts = Array.from({ length: 50 }, (_, index) => account(index));
    const { inline, managed } = assumePolicies({ accounts }, 'aws');
    expect(managed).toEqual([]);
    expect(inline?.[0]?.Resource).toEqual(accounts.map(({ id, roleName }) => roleArn('aws', id, roleName)));
    expect(inline?.[0]).not.toHaveProperty('Condition');
  });

  test('holds every statement to the organization, except the one that only names sessions', () => {
    const accounts = [account(1)];
    const { inline } = assumePolicies({ accounts, organization: 'o-aaaaaaaaaa' }, 'aws');
    expect(inline?.map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['sts:AssumeRole', { StringEquals: { 'aws:ResourceOrgID': 'o-aaaaaaaaaa' } }],
      ['sts:SetSourceIdentity', undefined],
    ]);
  });

  test('writes the ARNs of the partition', () => {
    const { inline } = assumePolicies({ accounts: [account(1)] }, 'aws-cn');
    expect(inline?.[0]?.Resource).toEqual(['arn:aws-cn:iam::000000000001:role/chaos-monkey-target']);
  });

  test('allows exactly the configured roles, in documents that fit, however many there are', () => {
    const accounts = fc
      .record({
        count: fc.integer({ min: 1, max: 1200 }),
        names: fc.uniqueArray(fc.constantFrom('chaos-monkey-target', 'a', 'b'.repeat(60), 'c', 'd'), {
          minLength: 1,
        }),
        // One in so many has a role name of its own.
        ownEvery: fc.integer({ min: 15, max: 1000 }),
      })
      .map(({ count, names, ownEvery }) =>
        Array.from({ length: count }, (_, index) => {
          const name = names[index % names.length] ?? '';
          return account(index, index % ownEvery === 1 ? `${name}${index}` : name);
        }),
      );
    const seen = new Set<string>();
    fc.assert(
      fc.property(accounts, fc.constantFrom(undefined, 'o-aaaaaaaaaa'), (some, organization) => {
        const policies = assumePolicies({ accounts: some, organization }, 'aws');
        seen.add(policies.inline === undefined ? 'managed' : 'inline');
        expect(assumable(policies).sort()).toEqual(
          some.map(({ id, roleName: name }) => `${id}/${name}`).sort(),
        );
        expect(lengthOf(policies.inline ?? [])).toBeLessThanOrEqual(7_000);
        for (const statements of policies.managed) expect(lengthOf(statements)).toBeLessThanOrEqual(6_144);
        expect(policies.managed.length).toBeLessThanOrEqual(10);
      }),
      { numRuns: 40, examples: [[[account(0)], undefined]] },
    );
    expect(seen).toEqual(new Set(['inline', 'managed']));
  });

  test('says so when the accounts do not fit', () => {
    const accounts = Array.from({ length: 1000 }, (_, index) => account(index, `${'x'.repeat(50)}${index}`));
    expect(() => assumePolicies({ accounts }, 'aws')).toThrow(InvalidInput);
    expect(() => assumePolicies({ accounts }, 'aws')).toThrow(/1000 accounts with 1000 role names/);
  });
});
