import { describe, expect, test } from 'vitest';
import { plainHost } from '#core/experiment/engine/plain-host.ts';
import { anExperiment, play, type Weather } from './an-experiment.ts';
import { mortalHost } from './mortal-host.ts';

const brief = anExperiment({
  steadyState: {
    baselineMs: 3_000,
    falseAlarms: 0.01,
    probes: [
      {
        ...{ name: 'page', type: 'http', everyMs: 500, timeoutMs: 1_000, parameters: {} },
        tolerance: { bad: 0.05 },
      },
    ],
  },
  recovery: { withinMs: 5_000 },
});
const short: Weather = {
  experiment: { ...brief, method: brief.method.map((step) => ({ ...step, holdMs: 5_000 })) },
};

/** Calls of ports, one after the other, in an experiment in which nothing goes wrong. */
async function callsOf(weather: Weather): Promise<readonly string[]> {
  const calls: string[] = [];
  await play({ ...weather, onCall: (call) => calls.push(call) });
  return calls;
}

describe('an experiment in trouble', () => {
  test('leaves nothing in place, and says what went wrong, whichever call fails', async () => {
    const calls = await callsOf(short);
    expect(calls.length).toBeGreaterThan(20);
    for (const [failing, name] of calls.entries()) {
      let call = -1;
      const { report, inPlace } = await play({
        ...short,
        onCall: () => {
          call += 1;
          if (call === failing) throw new Error('ThrottlingException');
        },
      }).catch((error: unknown) => {
        throw new Error(`call ${failing}, ${name}`, { cause: error });
      });
      expect([failing, name, [...inPlace]]).toEqual([failing, name, []]);
      const ends = ['survived', 'failed', 'aborted', 'inconclusive', 'undo-failed'];
      expect([name, ends.includes(report.verdict.is)]).toEqual([name, true]);
    }
  });

  test('whatever step a process dies after, another goes on, strikes nothing twice, and comes to an end', async () => {
    const names: string[] = [];
    await play({
      ...short,
      host: (...parts) =>
        mortalHost(plainHost(...parts), (name) => {
          names.push(name);
          return false;
        }),
    });
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      let struck = 0;
      const { promise: death, resolve: die } = Promise.withResolvers<void>();
      const { report, inPlace } = await play({
        ...short,
        death,
        onCall: (call) => {
          if (call.startsWith('strike')) struck += 1;
        },
        host: (...parts) =>
          mortalHost(plainHost(...parts), (done) => {
            if (done !== name) return false;
            die();
            return true;
          }),
      });
      expect([name, [...inPlace], report.verdict.is, struck]).toEqual([name, [], 'survived', 1]);
    }
  });
});
