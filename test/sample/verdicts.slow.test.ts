import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runSample } from '#cli/sandbox/run-sample.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { canHaveOwnTmp } from '#sample/local/own-tmp.ts';
import { repository } from '../support/child-process.ts';

/** Whatever else keeps the machine busy: where nobody can tell, it says nothing about the shop. */
const attempts = 5;
const nobodyCanTell = ['not-steady', 'inconclusive'];

async function run(name: string, graceful: boolean): Promise<ExperimentReport> {
  const file = `experiments/${name}.yaml`;
  const text = readFileSync(`${repository}/${file}`, 'utf8');
  for (let attempt = 1; ; attempt += 1) {
    const report = await runSample(text, file, { graceful });
    if (!nobodyCanTell.includes(report.verdict.is) || attempt === attempts) return report;
  }
}

const ofShop = [
  'latency',
  'error-code',
  'exception',
  'access-denied',
  'concurrency',
  'configuration',
  'cors',
  'downstream',
  'table-capacity',
  ...(canHaveOwnTmp() ? ['disk-space'] : []),
];

describe.each(ofShop)('the experiment %s on the sample shop', (name) => {
  test('survives while the shop is graceful', async () => {
    const { verdict, probes, ranWith } = await run(name, true);
    expect(verdict).toMatchObject({ is: 'survived' });
    expect(ranWith).toBeUndefined();
    expect(probes.map(({ is }) => is)).toEqual(['within']);
  });

  test('deviates while it is not', async () => {
    const { verdict, strikes, ranWith } = await run(name, false);
    expect(verdict).toMatchObject({ is: 'deviated' });
    expect(ranWith).toBe('--no-graceful');
    expect(strikes.map(({ outcome, byHand }) => ({ outcome, byHand }))).toEqual([
      { outcome: 'succeeded', byHand: [] },
    ]);
  });
});

test('the pair behind a load balancer does not survive the death of an instance', async () => {
  const { verdict, probes } = await run('group-loses-instance', true);
  expect(verdict).toMatchObject({ is: 'deviated', probe: 'site' });
  expect(probes[0]?.badSamples[0]?.detail).toBe('status 502');
});

test('the pair survives that its group terminates an instance', async () => {
  expect((await run('group-replaces-instance', true)).verdict).toMatchObject({ is: 'survived' });
});
