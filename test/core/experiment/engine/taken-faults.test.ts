import { expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import type { ControlPort, MethodPort } from '#core/experiment/engine/ports.ts';
import { runExperiment } from '#core/experiment/engine/run-experiment.ts';
import type { MethodStep } from '#core/model/experiment.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { anExperiment, aRun, fakePorts, startsAt } from './an-experiment.ts';

const [slow] = anExperiment().method as [MethodStep];

/** Two faults at once, the first of which is over after 20 seconds, the other after so long. */
async function playTwo(
  otherMs: number,
  changes: (method: MethodPort) => Partial<MethodPort>,
  stoppedBy?: string,
) {
  const steps = [
    { ...slow, holdMs: 20_000 },
    { ...slow, name: 'slower', holdMs: otherMs },
  ];
  const experiment = anExperiment({ method: steps });
  const clock = new VirtualClock({ startsAt, jumps: true });
  const { ports, events, inPlace } = fakePorts({ experiment }, clock);
  const method = { ...ports.method, ...changes(ports.method) };
  const control: ControlPort = {
    ...ports.control,
    // A process that has not heard of it.
    stopped: async (now) =>
      now === true && stoppedBy !== undefined && inPlace.size > 0
        ? { by: stoppedBy, at: clock.now() }
        : undefined,
  };
  const host = plainHost(clock, async () => false);
  const report = await runExperiment(aRun({ experiment }), host, { ...ports, method, control });
  expect([...inPlace]).toEqual([]);
  return { report, events };
}

const secondsTo = (at: string) => (Date.parse(at) - startsAt) / 1_000;

test('what the ledger knows to be undone ends an experiment as soon as another of its faults is over', async () => {
  const { report } = await playTwo(120_000, () => ({ undone: async (ids) => ids }));
  expect(report.verdict).toMatchObject({ is: 'aborted', by: expect.stringContaining('it has been undone') });
  expect(secondsTo(report.verdict.at)).toBeLessThan(35);
});

test('whoever has stopped it is named, where the janitor has undone it for that', async () => {
  const { report } = await playTwo(120_000, () => ({ undone: async (ids) => ids }), 'stop condition burning');
  expect(report.verdict).toMatchObject({ is: 'aborted', by: 'stop condition burning' });
});

test('a ledger that cannot be read then ends nothing, as the end of that fault tells it', async () => {
  const undone = async () => Promise.reject(new Error('slow down'));
  expect((await playTwo(120_000, () => ({ undone }))).report.verdict.is).toBe('survived');
});

test('targets are looked at once, where their faults are over; those that end meanwhile, too', async () => {
  const looks: (readonly string[])[] = [];
  const observe =
    (method: MethodPort): MethodPort['observe'] =>
    (ids, until) => {
      looks.push(ids);
      return method.observe(ids, until);
    };
  const { report } = await playTwo(120_000, (method) => ({ observe: observe(method) }));
  expect(report.verdict.is).toBe('survived');
  expect(looks.map(({ length }) => length)).toEqual([1, 1]);
  looks.length = 0;
  await playTwo(25_000, (method) => ({ observe: observe(method) }));
  expect(looks.map(({ length }) => length)).toEqual([2, 1]);
});

test('faults are watched, and a stop is obeyed, while targets are looked at', async () => {
  const clock = new VirtualClock({ startsAt, jumps: true });
  const experiment = anExperiment();
  const { ports } = fakePorts({ experiment, stoppedAt: 72_000 }, clock);
  const observe: MethodPort['observe'] = async (ids) => {
    await clock.sleep(14_000);
    return ids.map((id) => ({ id, is: 'in-place', text: '' }));
  };
  const host = plainHost(clock, async () => false);
  const method = { ...ports.method, observe };
  const { verdict, strikes } = await runExperiment(aRun({ experiment }), host, { ...ports, method });
  expect(verdict).toMatchObject({ is: 'aborted', by: 'stop by alice' });
  expect(secondsTo(strikes[0]?.to ?? '')).toBeLessThan(73);
});
