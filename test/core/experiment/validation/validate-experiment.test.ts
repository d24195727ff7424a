import { describe, expect, test } from 'vitest';
import { validateExperiment } from '#core/experiment/validation/validate-experiment.ts';
import type { ValidationParts } from '#core/experiment/validation/validation.ts';
import type { Experiment, Stage } from '#core/model/experiment.ts';
import type { Alarm } from '#core/model/group.ts';
import type { Measurement, Probe } from '#core/ports/probe.ts';
import type { World } from '#core/ports/world.ts';
import { NotConfigured } from '#targets/read-clients.ts';
import { aProbe, aProbeSpec, probeMeans } from '../../../support/a-probe.ts';
import { anExperiment } from '../engine/an-experiment.ts';
import { aLambdaWorld } from '../method/a-lambda-world.ts';

const arn = (name: string) => `arn:aws:cloudwatch:eu-west-1:222222222222:alarm:${name}`;

/** It strikes functions that the sandbox has. */
const method: Experiment['method'] = [
  {
    name: 'slow',
    fault: { name: 'lambda-latency', parameters: { ms: 300, maxMs: null, percent: 100, minutes: 5 } },
    ...{ target: { kind: 'function', select: { count: 1 } }, holdMs: 60_000, startAfter: [] },
  },
];

interface Seen {
  readonly functions?: number;
  readonly experiment?: Partial<Experiment>;
  readonly probe?: Probe;
  readonly alarms?: Readonly<Record<string, Alarm['state'] | Error>>;
  readonly parts?: (world: Awaited<ReturnType<typeof aLambdaWorld>>) => Partial<ValidationParts>;
  readonly before?: (world: World, keys: readonly string[]) => Promise<void>;
}

async function validated({ functions = 4, experiment = {}, probe = good, alarms = {}, parts, before }: Seen) {
  const lambda = await aLambdaWorld(functions);
  const { world, undoer, clock, values, keys } = lambda;
  await before?.(world, keys);
  const now = clock.now();
  const run = { runId: '20261123T090000Z-00000001', deadline: now + 60_000, surveyBy: now + 60_000 };
  const found = await validateExperiment(anExperiment({ method, ...experiment }), run, {
    ...{ world, undoer, isGuest: false, probeOf: () => probe, means: probeMeans(clock) },
    newSecret: () => 'ab'.repeat(32),
    alarms: {
      alarms: async (arns) =>
        arns.map((one) => {
          const state = alarms[one.split(':').at(-1) ?? ''] ?? 'MISSING';
          if (state instanceof Error) throw state;
          return state;
        }),
    },
    ...parts?.(lambda),
  });
  return { ...found, world, values, keys };
}

const measuring = (...answers: readonly Measurement[]): Probe => {
  let next = 0;
  return aProbe(async () => answers[Math.min(next++, answers.length - 1)] ?? { is: 'good' }, {
    ...{ unit: 'ms', limit: () => 200, what: () => 'GET /' },
  });
};
const good = measuring({ is: 'good', value: 12 });
const refusal = Object.assign(new Error('not yours'), { name: 'AccessDenied' });

describe('validating an experiment', () => {
  test('finds what each stage would strike, and touches nothing', async () => {
    const percent = (of: number): Stage => ({ slow: { select: { percent: of } } });
    const before = { stages: [percent(25), percent(50)] };
    const { stages, problems, unchecked, permissions, world, values, keys } = await validated({
      experiment: before,
    });
    expect(stages).toMatchObject([
      [{ step: 'slow', found: 4, wanted: 1, spared: [] }],
      [{ step: 'slow', found: 4, wanted: 2, spared: [] }],
    ]);
    expect(stages[1]?.[0]?.groups.every((group) => keys.includes(group))).toBe(true);
    expect({ problems, unchecked, permissions }).toEqual({ problems: [], unchecked: [], permissions: [] });
    expect(values()).toEqual(['{}', '{}', '{}', '{}']);
    expect((await world.ledger.openStrikes()).found).toEqual([]);
    expect((await world.ledger.openUndos()).found).toEqual([]);
    expect((await world.ledger.recentRuns(10)).found).toEqual([]);
  });

  test('names what is spared, and that too few are left', async () => {
    const until = '2026-11-24T09:00:00Z';
    const veto = { reason: 'sale', by: 'alice', at: '2026-11-23T09:00:00Z', until };
    const found = await validated({
      functions: 2,
      experiment: { stages: [{ slow: { select: { count: 2 } } }] },
      before: (world, [first = '']) => world.ledger.setVeto(first, veto),
    });
    expect(found.stages).toMatchObject([[{ found: 1, wanted: 2, spared: [{ reason: { code: 'vetoed' } }] }]]);
    expect(found.problems).toEqual([
      { about: 'step slow', text: expect.stringMatching(/^only 1 of the 2 targets .*images-0: .*sale/) },
    ]);
    expect((await validated({ functions: 0 })).problems).toEqual([
      { about: 'step slow', text: 'it can strike nothing: nothing that has opted in matches' },
    ]);
  });

  test("names steps that would be in each other's way, in each stage", async () => {
    const [slow] = method;
    if (slow === undefined) throw new Error('no step');
    const fault = { name: 'lambda-error', parameters: { percent: 100, minutes: 5 } };
    const failing = { ...slow, name: 'failing', fault };
    const problems = async (functions: number, startAfter: string[], count: number) =>
      (
        await validated({
          functions,
          experiment: {
            method: [slow, { ...failing, startAfter }],
            stages: [{}, { slow: { select: { count } } }],
          },
        })
      ).problems;
    const text = expect.stringMatching(/while slow is in place, and lambda-latency and lambda-error change/);
    expect((await problems(2, [], 2)).slice(1)).toEqual([{ about: 'step failing, stage 2', text }]);
    expect(await problems(1, [], 1)).toEqual([
      { about: 'step failing, stage 1', text },
      { about: 'step failing, stage 2', text },
    ]);
    expect(await problems(4, ['slow'], 2)).toEqual([]);
    expect(await problems(4, [], 2)).toEqual([]);
  });

  test('says so where the configuration is leashed', async () => {
    const leashed = ({ world }: { readonly world: World }) => ({
      world: { ...world, config: { ...world.config, leashed: true } },
    });
    expect((await validated({ parts: leashed })).problems).toEqual([
      { about: 'leash', text: expect.stringContaining('leashed: true') },
    ]);
  });
});

describe('the samples of a validation', () => {
  const probeFindings = async (probe: Probe, parts: Partial<ValidationParts> = {}) => {
    const { samples, problems, unchecked } = await validated({ probe, parts: () => parts });
    return { is: samples[0]?.is, problems: problems.map(({ text }) => text), unchecked: unchecked.length };
  };

  test.each([
    ['good', good, []],
    ['bad', measuring({ is: 'bad', value: 12, detail: 'status 503' }), ['its sample is bad: status 503']],
    ['unmeasured', measuring({ is: 'unmeasured', detail: 'x' }), ['it could not be measured: x']],
    // The first connection takes longer than those after it.
    ['good', measuring({ is: 'bad', value: 250, detail: 'took 250 ms' }, { is: 'good', value: 20 }), []],
    ['bad', measuring({ is: 'bad', value: 250, detail: 'took 250 ms' }), ['its sample is bad: took 250 ms']],
  ] as const)('one that is %s', async (is, probe, problems) => {
    expect(await probeFindings(probe)).toEqual({ is, problems, unchecked: 0 });
  });

  test('a probe that does not open is a problem; one that a guest may not reach is unchecked', async () => {
    const asking = (error: Error): [Probe, Partial<ValidationParts>] => {
      const means = { clients: () => Promise.reject(error) };
      const open: Probe['open'] = async (_, { clients }) => {
        await clients({ account: '222222222222', region: 'eu-west-1' });
        return { measure: async () => ({ is: 'good' }), close: async () => {} };
      };
      const probe = aProbe(async () => ({ is: 'good' }), { open });
      return [probe, { means: { ...probeMeans({ now: () => 0, sleep: async () => {} }), ...means } }];
    };
    const [probe, parts] = asking(refusal);
    const unmeasured = { is: 'unmeasured', problems: ['it could not be measured: not yours'], unchecked: 0 };
    expect(await probeFindings(probe, parts)).toEqual(unmeasured);
    expect(await probeFindings(probe, { ...parts, isGuest: true })).toEqual({
      ...unmeasured,
      ...{ problems: [], unchecked: 1 },
    });
    const [other, elsewhere] = asking(new NotConfigured('not in the configuration'));
    expect((await probeFindings(other, { ...elsewhere, isGuest: true })).problems).toHaveLength(1);
  });

  test('what is only observed may be bad', async () => {
    const probes = [{ ...aProbeSpec({ name: 'page' }), tolerance: { bad: 0.05 } }];
    const { samples, problems } = await validated({
      experiment: {
        steadyState: { baselineMs: 60_000, falseAlarms: 0.01, probes },
        observations: [aProbeSpec({ name: 'queue', type: 'other' })],
      },
      parts: () => ({ probeOf: (type) => (type === 'other' ? measuring({ is: 'bad' }) : good) }),
    });
    expect(samples.map(({ name, is, isJudged }) => [name, is, isJudged])).toEqual([
      ['page', 'good', true],
      ['queue', 'bad', false],
    ]);
    expect(problems).toEqual([]);
  });
});

describe('the stop conditions of a validation', () => {
  const conditions = (...names: readonly string[]) => ({
    stopConditions: names.map((name) => ({ name, type: 'cloudwatch-alarm' as const, arn: arn(name) })),
  });

  test('are read one by one: none that cannot be read hides one that is missing', async () => {
    const found = await validated({
      experiment: conditions('ok', 'quiet', 'fires', 'gone', 'denied'),
      alarms: { ok: 'OK', quiet: 'INSUFFICIENT_DATA', fires: 'ALARM', denied: refusal },
    });
    expect(found.stopConditions.map(({ state }) => state)).toEqual([
      ...['OK', 'INSUFFICIENT_DATA', 'ALARM', 'MISSING'],
    ]);
    expect(found.problems.map(({ about }) => about.replace('stop condition ', ''))).toEqual([
      ...['fires', 'gone', 'denied'],
    ]);
    expect(found.problems[1]?.text).toContain(arn('gone'));
  });

  test('that a guest may not read are unchecked', async () => {
    const found = await validated({
      experiment: conditions('denied'),
      alarms: { denied: refusal },
      parts: () => ({ isGuest: true }),
    });
    expect(found.problems).toEqual([]);
    expect(found.unchecked.map(({ about }) => about)).toEqual(['stop condition denied']);
  });
});

describe('the access of a validation', () => {
  const refused = {
    stage: 'assume-role',
    code: 'AccessDenied',
    message: 'no',
    account: '222222222222',
  } as const;

  test('a session to strike or to undo that is refused is a problem; that to strike only to the monkey', async () => {
    const both = (isGuest: boolean) =>
      validated({
        parts: ({ world }) => ({
          isGuest,
          world: { ...world, striker: { open: async () => ({ value: [], failures: [refused] }) } },
          undoer: { open: async () => ({ value: new Map(), failures: [refused] }) },
        }),
      });
    const own = await both(false);
    expect(own.problems.map(({ about }) => about)).toEqual(['inject', 'undo']);
    const guest = await both(true);
    expect([guest.problems, guest.unchecked].map((findings) => findings.map(({ about }) => about))).toEqual([
      ['undo'],
      ['inject'],
    ]);
  });

  test('the sessions are those of the strike and the undo of what was drawn', async () => {
    const opened: unknown[] = [];
    const { keys } = await validated({
      functions: 1,
      parts: ({ world, undoer }) => ({
        world: {
          ...world,
          striker: {
            open: (orders, run) => {
              opened.push(...orders.map(({ target, fault }) => [target.group, fault.name]));
              return world.striker.open(orders, run);
            },
          },
        },
        undoer: {
          open: (entries, run) => {
            opened.push(...entries.map(({ target, fault, role }) => [target.group, fault.name, role]));
            return undoer.open(entries, run);
          },
        },
      }),
    });
    const role = { arn: 'arn:aws:iam::222222222222:role/chaos-monkey-undo', externalId: 'chaos-test' };
    expect(opened).toEqual([
      [keys[0], 'lambda-latency'],
      [keys[0], 'lambda-latency', role],
    ]);
  });

  test('what a role lacks is a problem, and what nobody knows is not', async () => {
    const check = { accounts: ['222222222222'], missing: [], unknown: [] };
    const found = await validated({
      parts: ({ world }) => ({
        undoer: undefined,
        world: {
          ...world,
          fleet: {
            ...world.fleet,
            permissions: async () => [
              { ...check, task: 'inject', role: 'target', missing: ['ssm:PutParameter'] },
              { ...check, task: 'undo', role: 'undo', unknown: ['ssm:PutParameter'], why: 'nobody may ask' },
            ],
          },
        },
      }),
    });
    expect(found.problems).toEqual([
      { about: 'inject', text: 'target in 222222222222 lacks ssm:PutParameter' },
    ]);
    expect(found.unchecked).toEqual([
      { about: 'undo', text: expect.stringContaining('can be assumed') },
      { about: 'undo', text: 'whether undo in 222222222222 is granted ssm:PutParameter (nobody may ask)' },
    ]);
  });
});
