import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { reportFolder } from '#cli/experiments/report-folder.ts';
import { saveReport } from '#cli/experiments/save-report.ts';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import { experimentText as file } from '../../support/an-experiment-deployment.ts';
import { sampleReports } from '../../support/sample-reports.ts';

const cwd = mkdtempSync(join(tmpdir(), 'chaos-experiment-'));
afterAll(() => rmSync(cwd, { recursive: true }));
writeFileSync(
  join(cwd, 'chaos.config.json'),
  JSON.stringify({
    master: { account: '111111111111', region: 'eu-west-1' },
    accounts: [{ id: '222222222222' }],
    regions: ['eu-west-1'],
    externalId: 'not-a-secret',
    notifications: { emails: ['sre@example.com'] },
    faults: ['lambda-latency'],
    experiments: { hosts: ['shop.example.com'] },
  }),
);
const cli = aCli({ cwd, transport: noAws, env: { USER: 'alice' } });
const chaosExperiment = (...args: readonly string[]) => cli('experiment', ...args);

const write = (name: string, text: string) => {
  writeFileSync(join(cwd, name), text);
  return name;
};

describe('chaos experiment validate', () => {
  test('says what it does, and what each probe would notice', async () => {
    const { exitCode, out, notes } = await chaosExperiment(
      'validate',
      write('valid.yaml', file),
      '--json',
      '--offline',
    );
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(JSON.parse(out)).toMatchObject({
      // The layer may take 71 s of the five minutes to notice.
      probes: [{ name: 'page', samples: 1_145, notices: expect.any(Number) }],
      stages: [[{ step: 'slow', fault: 'lambda-latency', kind: 'function', holdMs: 300_000 }]],
    });
    const { notices } = JSON.parse(out).probes[0];
    expect(notices).toBeGreaterThan(0.05);
    expect(notices).toBeLessThan(0.12);
  });

  test('says of a ramp what is noticed in the stage that notices least', async () => {
    const noticed = async (name: string, text: string) => {
      const { out } = await chaosExperiment('validate', write(name, text), '--json', '--offline');
      return JSON.parse(out).probes[0];
    };
    const ramp = (durations: readonly string[]) =>
      `${file}ramp: { stages: [${durations.map((duration) => `{ slow: { duration: ${duration} } }`).join(', ')}] }\n`;
    const [one, both, short] = [
      await noticed('valid.yaml', file),
      await noticed('equal.yaml', ramp(['5m', '5m'])),
      await noticed('short.yaml', ramp(['5m', '2m'])),
    ];
    expect(both).toMatchObject({ samples: 1_145 });
    expect(both.notices).toBeGreaterThanOrEqual(one.notices);
    expect(short).toMatchObject({ samples: 245 });
    expect(short.notices).toBeGreaterThan(both.notices);
    const { out } = await chaosExperiment('validate', 'short.yaml', '--offline');
    expect(out).toContain('5 % bad allowed, in each stage 245 samples: from');
    const unseen = await chaosExperiment('validate', write('unseen.yaml', ramp(['5m', '1m'])), '--offline');
    expect(unseen.out).toContain('in each stage 0 samples: too few to notice even an outage');
  });

  test('says where a state could be bad all the time, and nobody would notice', async () => {
    const alarm = 'arn: "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors"';
    const state = (badFor: string) =>
      file
        .replace('type: http', 'type: cloudwatch-alarm')
        .replace(/url: .*/, alarm)
        .replace('every: 200ms', 'every: 10s')
        .replace(/ *expect: .*\n/, '')
        .replace('bad: 5%', `badFor: ${badFor}`);
    for (const [badFor, noticesNothing] of [
      ['3m', false],
      ['4m', true],
    ] as const) {
      const { out } = await chaosExperiment('validate', write('state.yaml', state(badFor)), '--offline');
      expect(out.includes('22 samples: too few to notice even an outage')).toBe(noticesNothing);
    }
  });

  test('names each mistake with its line', async () => {
    const broken = write(
      'broken.yaml',
      file.replace('shop.example.com', '169.254.169.254').replace('5%', '60%'),
    );
    const { exitCode, notes } = await chaosExperiment('validate', broken);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/steadyState\.probes\[0\].*line \d+/);
  });

  test('checks what --set has made of it', async () => {
    const settings = ['--set', 'method.slow.duration=90', '--set', 'owner=me'];
    const { exitCode, notes } = await chaosExperiment('validate', ...settings, write('set.yaml', file));
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/method\[0\]\.duration \(line 19, column 5\): .*found 90$/);
  });

  test('says which file it cannot read', async () => {
    const { exitCode, notes } = await chaosExperiment('validate', 'nowhere.yaml');
    expect(exitCode).toBe(2);
    expect(notes).toContain('nowhere.yaml');
  });

  test('prints the next runs of a schedule in both zones, and whether it takes effect', async () => {
    const scheduled = `${file}schedule: { cron: 0 10 ? * TUE *, timeZone: Europe/Berlin }\n`;
    const { out } = await chaosExperiment('validate', write('tuesday.yaml', scheduled), '--offline');
    expect(out).toContain(`When it runs by itself
  Tue 2026-11-24 10:00 Europe/Berlin (Tue 2026-11-24 09:00 UTC)
  Tue 2026-12-01 10:00 Europe/Berlin (Tue 2026-12-01 09:00 UTC)
  Tue 2026-12-08 10:00 Europe/Berlin (Tue 2026-12-08 09:00 UTC)
  It takes effect only if the configuration lists the file in experiments.scheduled, which it does not.`);
    const config = JSON.parse(readFileSync(join(cwd, 'chaos.config.json'), 'utf8'));
    const experiments = { ...config.experiments, deploy: true, scheduled: ['./tuesday.yaml'] };
    write('listed.json', JSON.stringify({ ...config, experiments }));
    const listed = await chaosExperiment(
      ...['validate', 'tuesday.yaml', '--offline', '--config', 'listed.json', '--json'],
    );
    expect(JSON.parse(listed.out).schedule).toEqual({
      ...{ cron: '0 10 ? * TUE *', timeZone: 'Europe/Berlin', isListed: true },
      next: ['2026-11-24T09:00:00.000Z', '2026-12-01T09:00:00.000Z', '2026-12-08T09:00:00.000Z'],
    });
    write('over.yaml', scheduled.replace('0 10 ? * TUE *', '0 10 1 1 ? 2020'));
    const { exitCode, notes } = await chaosExperiment('validate', 'over.yaml', '--offline');
    expect({ exitCode, notes }).toEqual({
      exitCode: 2,
      notes: expect.stringContaining('it never runs again'),
    });
  });

  test('names the cure for what the configuration does not allow', async () => {
    const other = file.replace('lambda-latency', 'lambda-error').replace('parameters: { ms: 300 }', '');
    const forSample = write('sample.yaml', other.replace('function, ', 'function, names: [listImages], '));
    const { exitCode, notes } = await chaosExperiment('validate', forSample);
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/the configuration enables \(faults\): lambda-latency, .*\n.*--sandbox$/);
    const elsewhere = write('elsewhere.yaml', file.replace('shop.example.com', 'other.example.com'));
    const { notes: ofHost } = await chaosExperiment('validate', elsewhere);
    expect(ofHost).toContain('(experiments.hosts of the configuration)');
    expect(ofHost).not.toContain('--sandbox');
  });
});

const stopCondition = (account: string) =>
  `stopConditions: [{ name: errors, type: cloudwatch-alarm, arn: "arn:aws:cloudwatch:eu-west-1:${account}:alarm:errors" }]\n`;

describe('a stop condition', () => {
  test('that no run can read is a mistake in the file', async () => {
    const foreign = write('foreign.yaml', `${file}${stopCondition('999999999999')}`);
    const { exitCode, notes } = await chaosExperiment('validate', foreign, '--offline');
    expect({ exitCode, notes }).toMatchObject({
      exitCode: 2,
      notes: expect.stringMatching(/stopConditions\[0\]\.arn .*one of the configuration's accounts/),
    });
  });

  test.each(['run', 'rehearse'])('keeps %s from the sample, which has no alarms', async (command) => {
    const own = write('own.yaml', `${file}${stopCondition('222222222222')}`);
    expect(await chaosExperiment('validate', own, '--offline')).toMatchObject({ exitCode: 0 });
    const { exitCode, out, notes } = await chaosExperiment(command, own, '--sandbox', '--wait');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(notes).toMatch(/nothing could read stop condition errors: arn:aws:cloudwatch:.*\n.*Ctrl-C/);
  });
});

describe('chaos experiment init', () => {
  test('writes a file from a question, and never over another', async () => {
    const question = ['what', 'if', 'listImages', 'is', '300', 'ms', 'slower?'];
    expect(await chaosExperiment('init', ...question, '--out', 'new.yaml')).toMatchObject({ exitCode: 0 });
    const text = readFileSync(join(cwd, 'new.yaml'), 'utf8');
    expect(text).toContain('https://shop.example.com/');
    expect(await chaosExperiment('init', ...question, '--out', 'new.yaml')).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(cwd, 'new.yaml'), 'utf8')).toBe(text);
    // A person has to say who acts on the answer.
    const { exitCode, notes } = await chaosExperiment('validate', 'new.yaml');
    expect(exitCode).toBe(2);
    expect(notes).toContain('owner');
  });
});

describe('--out', () => {
  test.each([
    ['init', 'what if listImages is slow?'],
    ['import', 'toolkit-out.json'],
  ])('of %s is quoted in the command to paste', async (command, argument) => {
    write('toolkit-out.json', '{"title": "T", "method": []}');
    const { out } = await chaosExperiment(command, argument, '--out', `it's of ${command}.yaml`);
    expect(out).toMatch(/: \.\/chaos experiment validate 'it'\\''s of \w+\.yaml'$/);
  });

  test.each([
    ['init', 'what if listImages is slow?'],
    ['import', 'toolkit-out.json'],
  ])('of %s names what it cannot write', async (command, argument) => {
    write('toolkit-out.json', '{"title": "T", "method": []}');
    const { exitCode, notes } = await chaosExperiment(command, argument, '--out', 'nodir/x.yaml');
    expect({ exitCode, notes }).toMatchObject({
      exitCode: 2,
      notes: expect.stringMatching(/^error: nodir\/x\.yaml cannot be written: .*$/),
    });
  });
});

describe('chaos experiment init, without a question', () => {
  test.each(['', ' ', '\u0007'])('refuses %j', async (question) => {
    const { exitCode, notes } = await chaosExperiment('init', question);
    expect({ exitCode, notes }).toMatchObject({ exitCode: 2, notes: expect.stringContaining('question') });
  });
});

describe('chaos experiment import', () => {
  test('converts what it knows, and lists the rest', async () => {
    const given = write(
      'toolkit.json',
      JSON.stringify({
        title: 'Does the shop survive?',
        description: '',
        'steady-state-hypothesis': {
          title: 'The page is there',
          probes: [
            {
              ...{ type: 'probe', name: 'page', tolerance: 200 },
              provider: { type: 'http', url: 'https://shop.example.com/' },
            },
          ],
        },
        method: [
          { type: 'action', name: 'boom', provider: { type: 'process', path: 'rm', arguments: '-rf /' } },
        ],
        rollbacks: [],
      }),
    );
    const { exitCode, out, notes } = await chaosExperiment('import', given);
    expect(exitCode).toBe(0);
    expect(out).toContain('https://shop.example.com/');
    expect(notes).toMatch(/Left out 1 part/);
  });

  test('names what is no experiment', async () => {
    expect(await chaosExperiment('import', write('list.json', '[1]'))).toMatchObject({ exitCode: 2 });
  });
});

describe('reports of experiments that ran here', () => {
  const reports = Object.values(sampleReports).map((make) => make());

  test('are listed newest first, shown in each format, compared, and annotated', async () => {
    const folder = reportFolder(cwd);
    const [first, second] = reports.slice(0, 2).map((report, index) => {
      const id = `20261123T09000${index}Z-0000000${index}`;
      return { ...report, id, next: report.next.map((step) => step.replace(report.id, id)) };
    });
    if (first === undefined || second === undefined) throw new Error('there are no samples');
    for (const report of [first, second]) {
      expect(readFileSync(await folder.put(report), 'utf8')).toContain('<!doctype html>');
    }
    const { out: listed } = await chaosExperiment('list', '--json');
    expect(JSON.parse(listed).map(({ id }: ExperimentReport) => id)).toEqual([second.id, first.id]);

    const { out: json } = await chaosExperiment('report', first.id, '--format', 'json');
    expect(ExperimentReport.parse(JSON.parse(json))).toEqual(first);
    expect((await chaosExperiment('report', first.id, '--format', 'junit')).out).toMatch(/^<\?xml/);
    expect((await chaosExperiment('report', first.id, '--format', 'html')).out).toMatch(/^<!doctype html>/);
    expect((await chaosExperiment('report', first.id)).out).toContain(first.title);

    const { out: compared } = await chaosExperiment('compare', first.id, second.id, '--json');
    expect(JSON.parse(compared)).toMatchObject({
      runs: [{ id: first.id }, { id: second.id }],
      verdicts: [first.verdict.is, second.verdict.is],
    });
    expect(await chaosExperiment('compare', first.id, first.id)).toMatchObject({ exitCode: 2, out: '' });

    await folder.put({ ...first, ranWith: '--no-graceful' });
    expect((await chaosExperiment('list')).out).toContain(`${first.title} (--no-graceful)`);
    expect((await chaosExperiment('report', first.id)).out).toContain('It ran with --no-graceful.');
    expect((await chaosExperiment('report', first.id, '--format', 'html')).out).toContain('--no-graceful');

    expect((await chaosExperiment('report', second.id)).out).toContain('Write down what was learned');
    for (const nothing of ['...', ' - ', 'what was learned', 'What was learned ']) {
      const { exitCode, notes } = await chaosExperiment('note', second.id, nothing);
      expect({ exitCode, notes }).toMatchObject({
        exitCode: 2,
        notes: expect.stringContaining('says nothing'),
      });
    }
    expect((await folder.get(second.id))?.notes).toEqual(second.notes);
    expect(await chaosExperiment('note', second.id, '3 timeouts')).toMatchObject({ exitCode: 0 });
    expect((await chaosExperiment('report', second.id)).out).not.toContain('Write down what was learned');

    expect(await chaosExperiment('note', first.id, 'a', 'lesson')).toMatchObject({ exitCode: 0 });
    expect((await folder.get(first.id))?.notes).toEqual([
      ...first.notes,
      { at: expect.any(String), by: 'alice', text: 'a lesson' },
    ]);
  });

  test.each(['nope', '../../etc/passwd', '20261123T090009Z-00000009'])('%s is none', async (id) => {
    const { exitCode, notes } = await chaosExperiment('report', id);
    expect(exitCode).toBe(2);
    expect(notes).toContain('./chaos experiment list');
  });

  test('that cannot be read are no empty list, and let no ramp begin', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-experiment-'));
    mkdirSync(join(folder, '.chaos'));
    writeFileSync(join(folder, '.chaos/experiments'), '');
    const ramp = file.replace('recovery:', 'ramp: { stages: [{}, { slow: { duration: 6m } }] }\nrecovery:');
    writeFileSync(join(folder, 'ramp.yaml'), ramp);
    const there = aCli({ cwd: folder, transport: noAws });
    const unreadable = expect.stringMatching(/^error: \.chaos\/experiments cannot be read: /m);
    expect(await there('experiment', 'list')).toMatchObject({ exitCode: 1, notes: unreadable });
    // 1 would say that it deviated.
    expect(await there('experiment', 'run', 'ramp.yaml', '--sandbox')).toMatchObject({
      ...{ exitCode: 6, notes: unreadable },
    });
    rmSync(folder, { recursive: true });
  });

  test.each(['stop', 'status'])('%s of one says that it is over, and asks nobody', async (command) => {
    const [report] = reports;
    if (report === undefined) throw new Error('there are no samples');
    const id = '20261123T090005Z-00000005';
    await reportFolder(cwd).put({ ...report, id });
    const { exitCode, out, notes } = await chaosExperiment(command, id);
    expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: '' });
    expect(out).toContain(
      `${id} ran on this machine (.chaos/experiments), and is over. It ended as ${report.verdict.is}: `,
    );
    expect(out).toContain(`./chaos experiment report ${id}`);
    expect(JSON.parse((await chaosExperiment(command, id, '--json')).out)).toMatchObject(
      command === 'stop' ? { id, stop: null, inPlace: [] } : [{ id, inPlace: [] }],
    );
  });

  test.each(['report', 'note'])('%s of an unknown run says the same', async (command) => {
    const id = '20261123T090009Z-00000009';
    const { exitCode, notes } = await chaosExperiment(command, id, ...(command === 'note' ? ['x'] : []));
    expect(exitCode).toBe(2);
    expect(notes).toBe(
      `error: There is no report of ${id} in .chaos/experiments, and nothing says that experiments are deployed. To list those there are: ./chaos experiment list`,
    );
  });

  test('that cannot be written to a file is bad usage', async () => {
    const [report] = reports;
    if (report === undefined) throw new Error('there are no samples');
    await reportFolder(cwd).put({ ...report, id: '20261123T090007Z-00000007' });
    const { exitCode, notes } = await chaosExperiment(
      ...['report', '20261123T090007Z-00000007', '--out', 'nodir/x.html'],
    );
    expect({ exitCode, notes }).toMatchObject({
      ...{ exitCode: 2, notes: expect.stringContaining('nodir/x.html cannot be written') },
    });
  });

  test('are named where a note on one, or a page, cannot be written', async () => {
    const [report] = reports;
    if (report === undefined) throw new Error('there are no samples');
    const id = '20261123T090006Z-00000006';
    const folder = reportFolder(cwd);
    mkdirSync(folder.pageOf(id), { recursive: true });
    const { page, trouble } = await saveReport({ ...report, id }, folder);
    expect({ page, trouble }).toEqual({
      page: undefined,
      trouble: expect.stringMatching(
        /^Its page could not .*\n.*: \.\/chaos experiment report 20261123T090006Z/,
      ),
    });
    expect((await chaosExperiment('list')).out).toContain(id);
    const { exitCode, notes } = await chaosExperiment('note', id, 'a lesson');
    expect({ exitCode, notes }).toMatchObject({
      exitCode: 1,
      notes: expect.stringMatching(/^error: The note could not be written to \.chaos\/experiments: /),
    });
    expect(readdirSync(join(cwd, '.chaos/experiments')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    rmSync(folder.pageOf(id), { recursive: true });
  });

  test('one that is damaged is left out, and named', async () => {
    writeFileSync(join(cwd, '.chaos/experiments/20261123T090008Z-00000008.json'), '{');
    const { exitCode, notes } = await chaosExperiment('list');
    expect(exitCode).toBe(0);
    expect(notes).toContain('20261123T090008Z-00000008');
  });
});
