import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Transport } from '#aws/clients/transport.ts';
import { reportFolder } from '#cli/experiments/report-folder.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { aCli, noAws } from '../../support/a-cli.ts';
import {
  anExperimentDeployment,
  anExperimentFolder,
  experimentText,
  reportsBucket,
} from '../../support/an-experiment-deployment.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';
import { anExperimentReport } from '../../support/an-experiment-report.ts';

const { cwd, remove } = anExperimentFolder();
afterAll(remove);

const caller = 'arn:aws:sts::111111111111:assumed-role/ops/ann';

function experimentsInAws(overrides: Parameters<typeof aCli>[0] = {}) {
  const deployment = anExperimentDeployment();
  const cli = aCli({ ...deployment, cwd, ...overrides });
  return { ...deployment, experiment: (...args: readonly string[]) => cli('experiment', ...args) };
}

const ended = {
  verdict: 'deviated',
  why: 'probe page had 12 bad samples',
  at: '2026-11-23T09:10:00.000Z',
} as const;

const progress = {
  ...{ is: 'fault' as const, stage: 1, stages: 3, more: 2 },
  ...{ at: Date.parse('2026-11-23T09:00:20Z'), from: Date.parse('2026-11-23T09:00:00Z') },
  to: Date.parse('2026-11-23T09:01:00Z'),
  probes: [{ probe: 'page', bad: 3, measured: 400, odds: 1.5, bound: 100 }],
};

/** The record and the report of a run that is over. */
async function aRunThatEnded({ ledger, reports }: ReturnType<typeof anExperimentDeployment>) {
  const report = anExperimentReport({
    startedBy: caller,
    verdict: { is: ended.verdict, why: ended.why, at: ended.at },
  });
  await ledger.beginExperiment(anExperimentRecord({ startedBy: caller }));
  await ledger.endExperiment(id, { ...ended, recoveredAfterMs: 2_000 });
  reports.set(id, report);
  return report;
}

describe('chaos experiment run', () => {
  test('starts it in AWS under an id of its own, and says what may follow', async () => {
    const { experiment, started, ledger } = experimentsInAws();
    const { exitCode, out } = await experiment('run', 'slow.yaml');
    expect(exitCode).toBe(0);
    expect(started).toHaveLength(1);
    const [run] = started;
    expect(run).toMatchObject({ rehearsal: false, trigger: 'cli', startedBy: caller });
    for (const next of ['status', 'stop', 'report']) {
      expect(out).toContain(`./chaos experiment ${next} ${run?.id}`);
    }
    expect(await ledger.experiment(run?.id ?? '')).toMatchObject({ startedBy: caller });
  });

  test('repeats how the deployment was named', async () => {
    const { out } = await experimentsInAws().experiment('run', 'slow.yaml', '--region', 'eu-west-1');
    expect(out).toMatch(/experiment stop \S+ --region eu-west-1$/m);
  });

  test('rehearses', async () => {
    const { experiment, started } = experimentsInAws();
    const { out } = await experiment('rehearse', 'slow.yaml', '--json');
    expect(started).toMatchObject([{ rehearsal: true, id: JSON.parse(out).id }]);
  });

  test('runs what --set has made of the file', async () => {
    const { experiment, started } = experimentsInAws();
    const setting = 'steadyState.probes.page.url=https://shop.example.com/other';
    await experiment('run', '--set', setting, '--set', 'method.slow.duration=1m', 'slow.yaml');
    expect(started).toMatchObject([
      {
        experiment: {
          steadyState: { probes: [{ parameters: { url: 'https://shop.example.com/other' } }] },
          method: [{ holdMs: 60_000 }],
        },
      },
    ]);
  });

  test('names what --set cannot find, and asks nobody', async () => {
    const { experiment, started, calls } = experimentsInAws();
    const { exitCode, notes } = await experiment('run', 'slow.yaml', '--set', 'steadyState.probes.pag.url=x');
    expect(exitCode).toBe(2);
    expect(notes).toContain('steadyState.probes: expected what is there: page, found "pag.url"');
    expect({ started, calls }).toEqual({ started: [], calls: [] });
  });

  test('names mistakes with their line before anybody is asked', async () => {
    const { experiment, calls } = experimentsInAws();
    const { exitCode, notes } = await experiment('run', 'slow.yaml', '--set', 'method.slow.duration=90');
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/method\[0\]\.duration \(line 19, column 5\)/);
    expect(calls).toEqual([]);
  });

  test('leaves the check to the function where no configuration is read', async () => {
    const { experiment } = experimentsInAws();
    const { exitCode, notes } = await experiment(
      ...['run', 'slow.yaml', '--region', 'eu-west-1', '--set', 'method.slow.duration=90'],
    );
    expect(exitCode).toBe(2);
    expect(notes).toMatch(/error: file is not valid:\n {2}method\[0\]\.duration \(line 19, column 5\)/);
  });

  test('does not scale up what nobody has learned from', async () => {
    const { experiment, ledger, started } = experimentsInAws();
    await ledger.beginExperiment(anExperimentRecord());
    await ledger.endExperiment(id, ended);
    writeFileSync(
      join(cwd, 'ramp.yaml'),
      `${experimentText}ramp:\n  stages:\n    - {}\n    - { slow: { target: { select: { count: 2 } } } }\n`.replace(
        'target: { select: { count: 2 } }',
        'parameters: { ms: 600 }',
      ),
    );
    const { exitCode, notes } = await experiment('run', 'ramp.yaml');
    expect(notes).toContain(`./chaos experiment note ${id}`);
    expect({ exitCode, started }).toEqual({ exitCode: 6, started: [] });
  });

  test('says where there is no such function how to deploy it', async () => {
    const deployment = anExperimentDeployment();
    const transport: Transport = async (call) => {
      if (call.command !== 'InvokeCommand') return deployment.transport(call);
      throw Object.assign(new Error('Function not found'), {
        name: 'ResourceNotFoundException',
        $metadata: { httpStatusCode: 404 },
      });
    };
    const { experiment } = experimentsInAws({ transport });
    const { exitCode, notes } = await experiment('run', 'slow.yaml');
    expect(exitCode).toBe(6);
    expect(notes).toContain('There is no function chaos_experiment_control in eu-west-1');
    expect(notes).toContain('experiments: { deploy: true }');
  });

  test('is one run where the answer is lost and asked for again', async () => {
    const deployment = anExperimentDeployment();
    let attempts = 0;
    const transport: Transport = async (call) => {
      const answer = await deployment.transport(call);
      if (call.command !== 'InvokeCommand' || ++attempts > 1) return answer;
      throw Object.assign(new Error('lost'), { name: 'TimeoutError', $retryable: {} });
    };
    const { experiment } = experimentsInAws({ transport, clock: deployment.clock });
    expect(await experiment('run', 'slow.yaml')).toMatchObject({ exitCode: 0 });
    expect(attempts).toBe(2);
    expect(new Set(deployment.started.map((run) => run.id)).size).toBe(1);
    expect((await deployment.ledger.recentExperiments(10)).found).toHaveLength(1);
  });

  test('says that it may have started where no answer comes', async () => {
    const deployment = anExperimentDeployment();
    const transport: Transport = async (call) => {
      if (call.command !== 'InvokeCommand') return deployment.transport(call);
      throw Object.assign(new Error('lost'), { name: 'TimeoutError' });
    };
    const { exitCode, notes } = await experimentsInAws({ transport, clock: deployment.clock }).experiment(
      'run',
      'slow.yaml',
    );
    expect(exitCode).toBe(6);
    expect(notes).toMatch(
      /NOT KNOWN whether the experiment has started\. [\s\S]*\.\/chaos experiment status \d{8}T/,
    );
  });

  test.each([
    [['--watch'], '--watch is for whoever waits for the verdict: add --wait.'],
    [['--no-graceful'], '--no-graceful is for --sandbox only'],
    [['--sandbox', '--table', 'ledger'], "'--sandbox' cannot be used with option '--table"],
    [['--sandbox', '--region', 'eu-west-1'], "'--sandbox' cannot be used with option '--region"],
    [['--set', 'owner'], 'expected PATH=VALUE'],
    [['--region', 'mars'], 'mars'],
  ])('refuses %j', async (options, words) => {
    const { exitCode, notes } = await aCli({ cwd, transport: noAws })(
      'experiment',
      'run',
      'slow.yaml',
      ...options,
    );
    expect(notes).toContain(words);
    expect(exitCode).toBe(2);
  });

  test('tells a newcomer about --sandbox, and asks nobody', async () => {
    const chaos = aCli({ transport: noAws });
    expect((await chaos('experiment', 'status', '--config', 'no.ts')).notes).toContain(
      'deployed: no.ts cannot be loaded',
    );
    for (const args of [['run', join(cwd, 'slow.yaml')], ['status']]) {
      const { exitCode, notes } = await chaos('experiment', ...args);
      expect(notes).toContain('./chaos experiment run FILE --sandbox');
      expect(exitCode).toBe(2);
    }
  });
});

describe('chaos experiment run --wait', () => {
  /** Ends what is started as `end` says, a minute later. */
  function ending(end: typeof ended | { verdict: 'survived'; why: string; at: string }, withReport = true) {
    const world = experimentsInAws();
    const { ledger, reports, clock, started } = world;
    const run = async () => {
      while (started.length === 0) await clock.sleep(100);
      const runId = started[0]?.id ?? '';
      const entry = await world.putInPlace(runId);
      await clock.sleep(60_000);
      await ledger.endUndo(entry, 'undone', ended.at);
      await clock.sleep(30_000);
      if (withReport) {
        reports.set(runId, {
          ...anExperimentReport(),
          id: runId,
          verdict: { is: end.verdict, why: end.why, at: end.at },
        });
      }
      await ledger.endExperiment(runId, end);
    };
    void run();
    return world;
  }

  test.each([
    [ended, 1],
    [{ verdict: 'survived', why: 'all well', at: ended.at } as const, 0],
  ])('ends with the report and the exit code of the verdict: %j', async (end, code) => {
    const { exitCode, out, notes } = await ending(end).experiment('run', 'slow.yaml', '--wait');
    expect(exitCode).toBe(code);
    expect(out).toContain(end.why);
    expect(out).toContain(`s3/object/${reportsBucket}`);
    expect(notes).toContain('./chaos experiment stop');
    expect(notes).toMatch(/measuring, 1 fault in place[\s\S]*measuring, nothing in place/);
  });

  test('shows with --watch each probe and its evidence, as it is told', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const { ledger, started, clock, transport } = ending(ended);
      const ticking = {
        now: () => clock.now(),
        sleep: async (ms: number, over?: AbortSignal) => {
          const { id = '' } = started[0] ?? {};
          const now = clock.now();
          await ledger
            .renewLease(id, { now, until: now + 90_000, isWaiting: false, progress })
            .catch(() => {});
          vi.advanceTimersByTime(ms);
          return clock.sleep(ms, over);
        },
      };
      const { experiment } = experimentsInAws({ clock: ticking, transport });
      const shown = await experiment('run', 'slow.yaml', '--wait', '--watch');
      expect(shown.progress.join('\n')).toContain(
        'under the fault, stage 1: 20 s of 1 min; page 3 of 400 (0.75 %) bad, 1.5 to 1 against chance',
      );
      expect(shown.exitCode).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test('prints the report as JSON, and nothing else on stdout', async () => {
    const { out } = await ending(ended).experiment('run', 'slow.yaml', '--wait', '--json');
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1, verdict: { is: 'deviated' } });
  });

  test('has the verdict also where there is no report', async () => {
    const { exitCode, out, notes } = await ending(ended, false).experiment('run', 'slow.yaml', '--wait');
    expect(out).toContain('ended as deviated: probe page had 12 bad samples');
    expect(notes).toContain(`There is no report of it in ${reportsBucket}`);
    expect(exitCode).toBe(1);
  });

  test('ends on Ctrl-C without stopping anything, and says how it is stopped', async () => {
    let interrupt = () => {};
    const deployment = anExperimentDeployment();
    const { ledger, started } = deployment;
    const chaos = aCli({
      ...deployment,
      cwd,
      clock: { now: () => deployment.clock.now(), sleep: async () => interrupt() },
      onInterrupt: (listener) => {
        interrupt = () => listener('SIGINT');
        return () => {};
      },
    });
    const { exitCode, notes } = await chaos('experiment', 'run', 'slow.yaml', '--wait');
    expect(notes).toContain('error: Interrupted. The experiment goes on.');
    expect(notes).toContain(`./chaos experiment stop ${started[0]?.id}`);
    expect(exitCode).toBe(6);
    const record = await ledger.experiment(started[0]?.id ?? '');
    expect(record?.stop).toBeUndefined();
  });

  test('says that the verdict is not known where the ledger cannot be read for a minute', async () => {
    const deployment = anExperimentDeployment();
    const transport: Transport = async (call) => {
      const isReading = deployment.started.length > 0 && call.command === 'GetItemCommand';
      if (isReading)
        throw Object.assign(new Error('no'), {
          name: 'AccessDeniedException',
          $metadata: { httpStatusCode: 400 },
        });
      return deployment.transport(call);
    };
    const { exitCode, notes } = await aCli({ ...deployment, transport, cwd })(
      'experiment',
      'run',
      'slow.yaml',
      '--wait',
    );
    expect(notes).toContain('NOT KNOWN what it came to.');
    expect(notes).toContain('./chaos experiment status');
    expect(exitCode).toBe(6);
  });
});

describe('chaos experiment status', () => {
  test('says of each that runs who has started it, what it does, and what is in place', async () => {
    const { experiment, ledger, putInPlace } = experimentsInAws();
    expect((await experiment('status')).out).toBe('No experiment is running.');
    await ledger.beginExperiment(anExperimentRecord({ startedBy: caller }));
    await ledger.beginExperiment(
      anExperimentRecord({
        id: '20261123T090100Z-00000002',
        isWaiting: true,
        wakeUp: 'callback-7',
        leaseUntil: Date.parse('2026-11-23T11:00:00Z'),
      }),
    );
    const entry = await putInPlace(id);
    await ledger.stopExperiment(id, { by: 'bob', reason: 'on fire', at: '2026-11-23T09:00:30.000Z' });
    const { exitCode, out } = await experiment('status');
    expect(exitCode).toBe(0);
    expect(out).toContain(`${id}  stopping, 1 fault in place`);
    expect(out).toContain(`begun Mon 2026-11-23 09:00 UTC by ${caller} (cli); owner team-shop`);
    expect(out).toContain('stopped: "on fire", by bob');
    expect(out).toContain(`in place: ${entry.id}  active  lambda-concurrency on`);
    expect(out).toContain(
      '20261123T090100Z-00000002  waiting until Mon 2026-11-23 11:00 UTC, nothing in place',
    );
    expect(out).toContain('./chaos experiment stop 20261123T090100Z-00000002');
    const { out: json } = await experiment('status', '--json');
    expect(json).not.toContain('callback-7');
    expect(JSON.parse(json)).toMatchObject([{ id, inPlace: [{ id: entry.id }] }, { inPlace: [] }]);
  });

  test('says where one is, as it has told, and nothing of that once it waits', async () => {
    const { experiment, ledger } = experimentsInAws();
    const record = anExperimentRecord();
    await ledger.beginExperiment(record);
    const lease = { now: record.leaseUntil, until: record.leaseUntil, isWaiting: false };
    await ledger.renewLease(id, { ...lease, progress });
    const { out } = await experiment('status', id);
    expect(out).toContain(`${id}  under the fault, stage 1 of 3, nothing in place`);
    expect(out).toContain('ago: under the fault, stage 1: 20 s of 1 min');
    expect(out).toContain('    page 3 of 400 (0.75 %) bad, 1.5 to 1 against chance, 100 to 1 is enough');
    expect(out).toContain('    and 2 probes that are further from a deviation');
    await ledger.renewLease(id, { ...lease, isWaiting: true });
    expect((await experiment('status', id)).out).not.toContain('ago:');
  });

  test('shows one with --watch until it is over', async () => {
    const { experiment, ledger, clock } = experimentsInAws();
    await ledger.beginExperiment(anExperimentRecord());
    const end = async () => {
      await clock.sleep(10_000);
      await ledger.endExperiment(id, ended);
    };
    void end();
    const { exitCode, out } = await experiment('status', id, '--watch');
    expect(out).toMatch(new RegExp(`${id} {2}Deviated[\\s\\S]*experiment report ${id}`));
    expect(exitCode).toBe(0);
    expect(await experiment('status', '--watch')).toMatchObject({
      exitCode: 2,
      notes: expect.stringContaining('--watch is for one experiment'),
    });
  });

  test('shows one that is over, and one whose lease has lapsed', async () => {
    const world = experimentsInAws();
    await aRunThatEnded(world);
    expect((await world.experiment('status', id)).out).toMatch(
      new RegExp(`${id} {2}Deviated[\\s\\S]*12 bad samples[\\s\\S]*experiment report ${id}`),
    );
    const lapsed = '20261123T080000Z-00000003';
    await world.ledger.beginExperiment(anExperimentRecord({ id: lapsed, leaseUntil: 0 }));
    expect((await world.experiment('status', lapsed)).out).toContain('nobody answers for it any more');
  });

  test.each([
    ['nope', '"nope" is not the id of a run'],
    [id, `There is no run ${id}`],
  ])('of %s is bad usage', async (given, words) => {
    const { exitCode, notes } = await experimentsInAws().experiment('status', given);
    expect(notes).toContain(words);
    expect(exitCode).toBe(2);
  });
});

describe('reports of experiments that ran in AWS', () => {
  test('are shown in each format with the notes of the ledger, and written to a file', async () => {
    const world = experimentsInAws();
    const { experiment } = world;
    const report = await aRunThatEnded(world);
    expect(await experiment('note', id, 'a', 'lesson')).toMatchObject({
      exitCode: 0,
      out: `Noted in ${id}, by ${caller}.`,
    });
    const note = { at: expect.any(String), by: caller, text: 'a lesson' };
    const { out } = await experiment('report', id, '--format', 'json');
    expect(JSON.parse(out)).toEqual({ ...report, notes: [note] });
    expect((await experiment('report', id)).out).toContain(`s3/object/${reportsBucket}?region=eu-west-1`);
    expect((await experiment('report', id, '--format', 'junit')).out).toMatch(/^<\?xml/);
    const written = await experiment('report', id, '--format', 'html', '--out', 'page.html');
    expect(written).toMatchObject({ exitCode: 0, out: join(cwd, 'page.html') });
    expect(readFileSync(join(cwd, 'page.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*a lesson/);
  });

  test('are compared with those of this machine', async () => {
    const world = experimentsInAws();
    await aRunThatEnded(world);
    const here = { ...anExperimentReport(), id: '20261123T070000Z-00000007' } as ExperimentReport;
    await reportFolder(cwd).put(here);
    const { exitCode, out } = await world.experiment('compare', here.id, id, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ verdicts: ['survived', 'deviated'] });
  });

  test('are not asked for where the folder has them', async () => {
    const here = { ...anExperimentReport(), id: '20261123T070000Z-00000008' };
    await reportFolder(cwd).put(here);
    const chaos = aCli({ cwd, transport: noAws });
    expect(await chaos('experiment', 'report', here.id)).toMatchObject({ exitCode: 0 });
    expect(await chaos('experiment', 'note', here.id, 'x')).toMatchObject({ exitCode: 0 });
  });

  test('one that is not over has none yet', async () => {
    const { experiment, ledger } = experimentsInAws();
    await ledger.beginExperiment(anExperimentRecord());
    const { exitCode, notes } = await experiment('report', id);
    expect(notes).toContain(`./chaos experiment status ${id}`);
    expect(exitCode).toBe(1);
  });

  test('one without a report says what it came to', async () => {
    const world = experimentsInAws();
    await aRunThatEnded(world);
    world.reports.clear();
    expect(await world.experiment('report', id)).toMatchObject({
      exitCode: 1,
      notes: expect.stringContaining(
        'It ended as deviated: probe page had 12 bad samples. There is no report',
      ),
    });
    expect((await world.experiment('report', id, '--table', 'chaos-monkey')).notes).toContain('with --table');
  });

  test.each(['report', 'note'])('%s of one that nobody knows', async (command) => {
    const { exitCode, notes } = await experimentsInAws().experiment(
      command,
      id,
      ...(command === 'note' ? ['x'] : []),
    );
    expect(notes).toContain(`There is no run ${id} in .chaos/experiments or in table chaos-monkey`);
    expect(exitCode).toBe(2);
    const local = await aCli({ cwd, transport: noAws })('experiment', 'report', id, '--local');
    expect(local).toMatchObject({ exitCode: 2 });
  });

  test('says where it cannot write', async () => {
    const world = experimentsInAws();
    await aRunThatEnded(world);
    const { exitCode, notes } = await world.experiment('report', id, '--out', 'no/where.html');
    expect(notes).toContain('no/where.html cannot be written');
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, 'no'))).toBe(false);
  });
});

describe('chaos experiment list', () => {
  test('lists both, newest first, with recovery and who', async () => {
    const world = experimentsInAws();
    await aRunThatEnded(world);
    await world.ledger.beginExperiment(anExperimentRecord({ id: '20261124T090000Z-00000009' }));
    await reportFolder(cwd).put({ ...anExperimentReport(), id: '20261122T070000Z-00000008' });
    const { exitCode, out } = await world.experiment('list');
    expect(exitCode).toBe(0);
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^20261124T090000Z-00000009 +in AWS +Running +by alice +What if/);
    expect(lines[1]).toMatch(new RegExp(`^${id} +in AWS +Deviated +recovered after 2 s +by ann +What if`));
    expect(lines.at(-1)).toMatch(/^20261122T070000Z-00000008 +on this machine +Survived +recovered at once/);
    const { out: json } = await world.experiment('list', '--json');
    expect(JSON.parse(json)[1]).toMatchObject({ id, ran: 'deployed', ended: { verdict: 'deviated' } });
  });

  test('lists those of this machine alone with --local, and where the deployment does not answer', async () => {
    const local = await aCli({ cwd, transport: noAws })('experiment', 'list', '--local', '--json');
    expect(local.exitCode).toBe(0);
    const refused: Transport = async () => {
      throw Object.assign(new Error('expired'), { name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
    };
    const { exitCode, out, notes } = await aCli({ cwd, transport: refused })('experiment', 'list', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual(JSON.parse(local.out));
    expect(notes).toContain('./chaos experiment list --local');
  });
});
