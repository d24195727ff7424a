import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { groupGuards, inspectionGuards, instanceGuards, recordGuards } from '#core/guards/index.ts';
import { verdictsOf } from '#core/guards/verdicts.ts';
import { aGroup } from '../../support/a-group.ts';
import { aCandidate, aGroupOnRecord, aGuardContext, anAbout } from '../../support/a-guard-context.ts';

const codes = [...groupGuards, ...recordGuards, ...inspectionGuards, ...instanceGuards].map(
  ({ code }) => code,
);

describe('the guards', () => {
  test('are one file each, whose name is the reason code, and each is asked', () => {
    const others = ['guard.ts', 'index.ts', 'verdicts.ts'];
    const files = readdirSync(new URL('../../../core/guards', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !others.includes(entry.name))
      .map(({ name }) => name);
    expect(files.sort()).toEqual(codes.map((code) => `${code}.ts`).sort());
  });

  test('let a healthy group that nothing is happening to be struck', () => {
    const context = aGuardContext();
    const verdicts = [
      ...verdictsOf(groupGuards, aGroup(), context),
      ...verdictsOf(recordGuards, aGroupOnRecord(), context),
      ...verdictsOf(inspectionGuards, anAbout(), context),
      ...verdictsOf(instanceGuards, aCandidate({ protections: { ok: true, value: [] } }), context),
    ];
    expect(verdicts.filter(({ passes }) => !passes)).toEqual([]);
  });
});
