import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { readScheduledExperiments } from '#lib/config/scheduled-experiments.ts';
import { known } from '../../core/experiment/file/known.ts';
import { aConfig } from '../../support/a-config.ts';

const sample = readFileSync(new URL('../../../experiments/latency.yaml', import.meta.url), 'utf8');
const scheduled = `${sample}schedule: { cron: 0 10 ? * TUE *, timeZone: Europe/Berlin }\n`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scheduled-'));
  for (const name of ['weekly', 'nightly']) mkdirSync(join(folder, name));
  const files = {
    'weekly/latency.yaml': scheduled,
    'nightly/latency.yaml': scheduled,
    'weekly/what if?.yaml': scheduled,
    [`weekly/${'x'.repeat(100)}.yaml`]: scheduled,
    'unscheduled.yaml': sample,
    'mistaken.yaml': `${scheduled}owners: me\n`,
    'daily.yaml': scheduled.replace('0 10 ? * TUE *', 'daily'),
    ...Object.fromEntries(
      [1, 2, 3, 4].map((one) => [`part-${one}.yaml`, `${scheduled}#${'x'.repeat(90_000)}\n`]),
    ),
    'long.yaml': `${scheduled}#${'x'.repeat(100_000)}\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const read = (...paths: string[]) => {
  const experiments = { ...known.config.experiments, deploy: true, scheduled: paths };
  return readScheduledExperiments(
    { ...known, config: { ...known.config, experiments } },
    join(folder, 'chaos.config.yaml'),
  );
};

describe('the files of experiments.scheduled', () => {
  test("are read from the configuration's folder on, and say when they run", () => {
    expect(read()).toEqual([]);
    expect(read('weekly/latency.yaml')).toEqual([
      {
        name: 'chaos-experiment-latency',
        text: scheduled,
        schedule: { cron: '0 10 ? * TUE *', timeZone: 'Europe/Berlin' },
      },
    ]);
    expect(read(join(folder, 'weekly/latency.yaml'))).toEqual(read('./weekly/latency.yaml'));
  });

  test('have names that EventBridge Scheduler takes, each its own', () => {
    const names = read('weekly/what if?.yaml', `weekly/${'x'.repeat(100)}.yaml`).map(({ name }) => name);
    expect(names[0]).toBe('chaos-experiment-what-if-');
    for (const name of names) expect(name).toMatch(/^[0-9a-zA-Z._-]{1,64}$/);
    expect(() => read('weekly/latency.yaml', 'nightly/latency.yaml')).toThrow(
      'experiments.scheduled[1]: expected a file of another name than weekly/latency.yaml',
    );
  });

  test('fit into a template, all of them', () => {
    const parts = [1, 2, 3, 4].map((one) => `part-${one}.yaml`);
    expect(read(...parts.slice(0, 3))).toHaveLength(3);
    expect(() => read(...parts)).toThrow(
      /experiments\.scheduled\[3\]: expected files of up to 300000 characters in all, found 36\d{4}$/,
    );
  });

  test.each([
    ['none.yaml', /chaos\.config\.yaml is not valid:\n {2}experiments\.scheduled\[0\]: .* found ENOENT/],
    ['weekly', /experiments\.scheduled\[0\]: expected a file that can be read, found EISDIR/],
    [
      'unscheduled.yaml',
      /^unscheduled\.yaml is not valid:\n {2}schedule: expected when it runs.*found nothing$/,
    ],
    ['mistaken.yaml', /^mistaken\.yaml is not valid:\n {2}owners \(line \d+, column 1\): unknown key/],
    [
      'daily.yaml',
      /^daily\.yaml is not valid:\n {2}schedule\.cron \(line \d+, column \d+\): expected a schedule/,
    ],
    ['long.yaml', /^long\.yaml is not valid:\n {2}\(root\): expected up to 100000 characters, found 1\d+$/],
  ])('are refused by name and place: %s', (path, message) => {
    expect(() => read(path)).toThrow(message);
  });
});

describe('the key experiments.scheduled', () => {
  test('needs experiments in AWS, names each file once, and is no wildcard', () => {
    const parsed = (experiments: object) => parseConfig({ ...written, experiments }, faults).experiments;
    const { master, regions, externalId } = aConfig();
    const written = { master, regions, externalId, accounts: ['222222222222'] };
    const files = ['experiments/latency.yaml'];
    expect(parsed({}).scheduled).toEqual([]);
    expect(parsed({ deploy: true, scheduled: files }).scheduled).toEqual(files);
    expect(() => parsed({ scheduled: files })).toThrow('experiments.scheduled: expected no files without');
    expect(() => parsed({ deploy: true, scheduled: [...files, ...files] })).toThrow('is there twice');
    expect(() => parsed({ deploy: true, scheduled: [''] })).toThrow('expected the path of a file');
    const many = Array.from({ length: 51 }, (_, index) => `${index}.yaml`);
    expect(() => parsed({ deploy: true, scheduled: many })).toThrow('expected at most 50 files');
  });
});
