import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { guardsOn } from '#core/guards/guard.ts';
import { guardsWith } from '#core/guards/index.ts';
import { verdictsOf } from '#core/guards/verdicts.ts';
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

  test('of targets are named after the tags, and before the alarms of whoever is in charge', () => {
    const [listing, inspection] = [guardsOn(guards, 'listing'), guardsOn(guards, 'inspection')];
    const ofTargets = new Set<unknown>(instanceGuards);
    expect(listing.map((guard) => ofTargets.has(guard)).lastIndexOf(false)).toBeLessThan(
      listing.findIndex((guard) => ofTargets.has(guard)),
    );
    expect(inspection.map((guard) => ofTargets.has(guard)).lastIndexOf(true)).toBeLessThan(
      inspection.findIndex((guard) => !ofTargets.has(guard)),
    );
    expect(guards).toHaveLength(guardsWith([]).length + instanceGuards.length);
  });

  test('say when they refuse, in a sentence', () => {
    for (const { summary } of guards) expect(summary).toMatch(/^[A-Z][^\n|]*\.$/);
  });

  test('let a healthy group that nothing is happening to be struck', () => {
    const context = aGuardContext();
    const verdicts = [
      ...verdictsOf(guardsOn(guards, 'listing'), { group: aGroup() }, context),
      ...verdictsOf(guardsOn(guards, 'ledger'), aGroupOnLedger(), context),
      ...verdictsOf(guardsOn(guards, 'inspection'), anInspectedGroup(), context),
      ...verdictsOf(guardsOn(guards, 'candidate', 'target'), aCandidate(), context),
      ...verdictsOf(guardsOn(guards, 'protection'), { protections: { ok: true, value: [] } }, context),
    ];
    expect(verdicts).toHaveLength(guards.length);
    expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
  });
});
