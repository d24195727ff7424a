import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guardsOn } from '#core/guards/guard.ts';
import { guardsWith } from '#core/guards/index.ts';
import { verdictsOf } from '#core/guards/verdicts.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';
import { guards } from '#wiring/guards.ts';
import { aGroup } from '../../support/a-group.ts';
import {
  aCandidate,
  aGroupOnLedger,
  aGuardContext,
  anInspectedGroup,
} from '../../support/a-guard-context.ts';

const codes = (ones: readonly { readonly code: string }[]) => ones.map(({ code }) => code);

describe('the guards', () => {
  test.each([
    ['core/guards', guardsWith([])],
    ['targets/instances/guards', instanceGuards],
  ])('of %s are one file each, whose name is the reason code, and each is asked', (folder, those) => {
    const others = ['guard.ts', 'index.ts', 'verdicts.ts'];
    const files = readdirSync(new URL(`../../../${folder}`, import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !others.includes(entry.name))
      .map(({ name }) => name);
    expect(files.sort()).toEqual(
      codes(those)
        .map((code) => `${code}.ts`)
        .sort(),
    );
  });

  test('stand in the order in which their reasons are named', () => {
    expect(codes(guardsOn(guards, 'listing'))).toEqual([
      ...['not-opted-in', 'frozen'],
      ...['too-few-healthy', 'min-healthy', 'group-degraded', 'group-too-young', 'replacement-suspended'],
    ]);
    expect(codes(guardsOn(guards, 'ledger'))).toEqual([
      ...['vetoed', 'leashed-group', 'min-days', 'cooldown', 'strike-unverified', 'budget-exhausted'],
    ]);
    expect(codes(guardsOn(guards, 'inspection'))).toEqual([
      ...['instance-refresh', 'scaling-activity', 'group-alarm', 'account-alarm', 'safety-lever'],
    ]);
    expect(codes(guardsOn(guards, 'member', 'instance', 'protection'))).toEqual([
      ...['instance-standby', 'instance-in-transition', 'instance-not-in-service', 'instance-not-opted-in'],
      ...['instance-too-young', 'sole-in-zone', 'scale-in-protected'],
      ...['termination-protected', 'stop-protected'],
    ]);
  });

  test('say when they refuse, in a sentence', () => {
    for (const { summary } of guards) expect(summary).toMatch(/^[A-Z][^\n|]*\.$/);
  });

  test('let a healthy group that nothing is happening to be struck', () => {
    const context = aGuardContext();
    const candidate = aCandidate({ protections: { ok: true, value: [] } });
    const verdicts = [
      ...verdictsOf(guardsOn(guards, 'listing'), { group: aGroup() }, context),
      ...verdictsOf(guardsOn(guards, 'ledger'), aGroupOnLedger(), context),
      ...verdictsOf(guardsOn(guards, 'inspection'), anInspectedGroup(), context),
      ...verdictsOf(guardsOn(guards, 'member', 'instance', 'protection'), candidate, context),
    ];
    expect(verdicts).toHaveLength(guards.length);
    expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
  });
});
