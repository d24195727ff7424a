import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkGuards } from '#core/guards/check-guards.ts';
import { selectGuards } from '#core/guards/guard.ts';
import { listGuards } from '#core/guards/index.ts';
import { instanceGuards } from '#targets/instances/guards/index.ts';
import { aGroup } from '../../support/a-group.ts';
import {
  aCandidate,
  aGroupOnLedger,
  aGuardContext,
  anInspectedGroup,
} from '../../support/a-guard-context.ts';
import { guards } from '../../support/every-guard.ts';

const codes = (ones: readonly { readonly code: string }[]) => ones.map(({ code }) => code);

describe('the guards', () => {
  test.each([
    ['core/guards', listGuards([])],
    ['targets/instances/guards', instanceGuards],
  ])('of %s are one file each, whose name is the reason code, and each is asked', (folder, those) => {
    const others = ['guard.ts', 'index.ts', 'check-guards.ts'];
    const files = readdirSync(new URL(`../../../${folder}`, import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !others.includes(entry.name))
      .map(({ name }) => name);
    expect(files.sort()).toEqual(
      codes(those)
        .map((code) => `${code}.ts`)
        .sort(),
    );
  });

  test('of targets are named after the tags, and before the alarms of whoever is in charge', () => {
    const [listing, inspection] = [selectGuards(guards, 'listing'), selectGuards(guards, 'inspection')];
    const ofTargets = new Set<unknown>(instanceGuards);
    expect(listing.map((guard) => ofTargets.has(guard)).lastIndexOf(false)).toBeLessThan(
      listing.findIndex((guard) => ofTargets.has(guard)),
    );
    expect(inspection.map((guard) => ofTargets.has(guard)).lastIndexOf(true)).toBeLessThan(
      inspection.findIndex((guard) => !ofTargets.has(guard)),
    );
    expect(guards).toHaveLength(listGuards([]).length + instanceGuards.length);
  });

  test('say when they refuse, in a sentence', () => {
    for (const { summary } of guards) expect(summary).toMatch(/^[A-Z][^\n|]*\.$/);
  });

  test('let a healthy group that nothing is happening to be struck', () => {
    const context = aGuardContext();
    const verdicts = [
      ...checkGuards(selectGuards(guards, 'listing'), { group: aGroup() }, context),
      ...checkGuards(selectGuards(guards, 'ledger'), aGroupOnLedger(), context),
      ...checkGuards(selectGuards(guards, 'inspection'), anInspectedGroup(), context),
      ...checkGuards(selectGuards(guards, 'candidate', 'target'), aCandidate(), context),
      ...checkGuards(selectGuards(guards, 'protection'), { protections: { ok: true, value: [] } }, context),
    ];
    expect(verdicts).toHaveLength(guards.length);
    expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
  });
});
