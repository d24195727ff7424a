import { describe, expect, test } from 'vitest';
import { experimentSlot } from '#core/model/experiment-slot.ts';
import type { RunContext } from '#core/model/run-context.ts';
import { ExperimentNotice } from '#core/reports/experiment-notice.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import { type JanitorWorld, janitorRound } from '#core/undo/janitor-round.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { aClaim } from '../../support/a-claim.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';
import { aBreakableWorld, type Fate } from './a-breakable-world.ts';
import { strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const lateMs = 5_000;
const leaseUntil = startsAt + 90_000;
const ownSlot = experimentSlot(id, 1, 'slow', 0);
const atMs = (ms: number) => new Date(startsAt + ms).toISOString();
const stop = { by: 'bob', reason: 'too loud', at: atMs(10_000) };
const ended = { verdict: 'undo-failed' as const, why: 'throttled', at: atMs(10_000) };

interface Setting {
  /** Left out: the experiment is on record. */
  readonly isUnknown?: boolean;
  /** Left out: it has struck. */
  readonly isToStrike?: boolean;
  /** Of the strike. Left out: the experiment's. */
  readonly slot?: string;
}

/** A fault that lasts three minutes, of an experiment that holds its lease for 90 seconds. */
async function anExperiment({ isUnknown = false, isToStrike = false, slot = ownSlot }: Setting = {}) {
  const breakable = aBreakableWorld({ ends: 'aws', stepsOfFault: 1, startsAt });
  const { ledger } = breakable;
  const notices: ExperimentNotice[] = [];
  const woken: string[] = [];
  const begin = async () => {
    if (!isUnknown) await ledger.beginExperiment(anExperimentRecord({ leaseUntil }));
    const { world: engine } = breakable.process(() => 'works');
    expect(await strikeOnce(engine, aClaim({ slot, runId: id }))).toBe('succeeded');
  };
  if (!isToStrike) await begin();
  const janitor = (fate: (name: string) => Fate = () => 'works', changes: Partial<JanitorWorld> = {}) => {
    const { world } = breakable.process((_, name) => fate(name));
    const announcer = {
      announceUndo: async () => {},
      raiseUndoAlarm: async () => {},
      announceExperiment: async (notice: ExperimentNotice) => {
        if (fate('announce') !== 'works') throw new Error('no topic');
        notices.push(notice);
      },
    };
    const sleepers = {
      wake: async (callback: string) => {
        if (fate(`wake ${callback}`) === 'refused') throw new Error('TooManyRequests');
        return woken.push(callback) === 1;
      },
    };
    return { ...world, announcer, sleepers, ...changes };
  };
  return {
    ...breakable,
    notices,
    woken,
    begin,
    janitor,
    passTo: (ms: number) => breakable.pass(startsAt + ms - breakable.now()),
    round: (world: JanitorWorld = janitor(), order: UndoOrder = {}): Promise<UndoReport> => {
      const deadline = world.clock.now() + 50_000;
      const run: RunContext = { runId: 'janitor', deadline, surveyBy: deadline };
      return janitorRound(order, run, world);
    },
    end: async () => (await ledger.experiment(id))?.ended,
  };
}

describe('what an experiment has in place', () => {
  test('stays while its lease holds, and is undone once that has lapsed; its record is ended, once', async () => {
    const { passTo, round, isBroken, end, ledger } = await anExperiment();
    passTo(90_000 + lateMs);
    await round();
    expect(isBroken()).toBe(true);
    passTo(90_000 + lateMs + 1);
    expect(await round()).toMatchObject({ strikes: [{ outcome: 'ended' }], failures: [] });
    expect(isBroken()).toBe(false);
    const first = await end();
    expect(first).toMatchObject({
      verdict: 'failed',
      why: 'whoever ran it died; undone by the janitor',
    });
    passTo(150_000);
    await round();
    expect(await end()).toBe(first);
    expect((await ledger.runningExperiments()).found).toEqual([]);
  });

  test('stays for as long as the lease is renewed', async () => {
    const { passTo, round, isBroken, ledger } = await anExperiment();
    for (let at = 60_000; at < 180_000; at += 60_000) {
      passTo(at);
      const now = startsAt + at;
      await ledger.renewLease(id, { now, until: now + 90_000, isWaiting: false });
      await round();
      expect(isBroken()).toBe(true);
    }
  });

  test('is undone by AWS time, whatever the clock of the janitor says', async () => {
    const { passTo, round, janitor, isBroken } = await anExperiment();
    const by = (offset: number) => janitor(undefined, { skew: { offsetMs: () => offset } });
    passTo(110_000);
    await round(by(-60_000));
    expect(isBroken()).toBe(true);
    passTo(111_000);
    await round(by(-10_000));
    expect(isBroken()).toBe(false);
  });

  test('is undone where nobody did after a stop, which leaves the record to whoever runs it', async () => {
    const { passTo, round, isBroken, end, ledger } = await anExperiment();
    await ledger.stopExperiment(id, stop);
    passTo(40_000);
    await round();
    expect(isBroken()).toBe(true);
    passTo(40_001);
    await round();
    expect(isBroken()).toBe(false);
    expect(await end()).toBeUndefined();
  });

  test.each(['2026-11-24T09:00:00Z', 'soon'])('is undone at once after a stop at %s', async (at) => {
    const { passTo, round, isBroken, ledger } = await anExperiment();
    await ledger.stopExperiment(id, { ...stop, at });
    passTo(11_000);
    await round();
    expect(isBroken()).toBe(false);
  });

  test('is undone where the experiment has ended and left it, or is not on record', async () => {
    for (const isUnknown of [false, true]) {
      const { passTo, round, isBroken, end, ledger } = await anExperiment({ isUnknown });
      await ledger.endExperiment(id, ended);
      passTo(11_000);
      await round();
      expect(isBroken()).toBe(false);
      expect(await end()).toEqual(isUnknown ? undefined : ended);
    }
  });

  test('is left to its deadline where an order is for something else', async () => {
    const { passTo, round, isBroken, end, janitor } = await anExperiment();
    passTo(120_000);
    await round(janitor(), { account: '333333333333' });
    expect([isBroken(), await end()]).toEqual([true, undefined]);
  });

  test('stays where the experiment begins while a round reads', async () => {
    const { round, janitor, isBroken, begin } = await anExperiment({ isToStrike: true });
    const { ledger, ...world } = janitor();
    let begun: Promise<void> | undefined;
    const beforeTheNext =
      <Answer>(read: () => Promise<Answer>) =>
      async () => {
        const answer = await read();
        begun ??= begin();
        await begun;
        return answer;
      };
    const reading = {
      ...ledger,
      openUndos: beforeTheNext(() => ledger.openUndos()),
      runningExperiments: beforeTheNext(() => ledger.runningExperiments()),
    };
    await round({ ...world, ledger: reading });
    expect(isBroken()).toBe(true);
  });

  test('a strike of the monkey has no lease', async () => {
    const { passTo, round, isBroken } = await anExperiment({ slot: '2026-11-23T09:00:00Z' });
    passTo(100_000);
    await round();
    expect(isBroken()).toBe(true);
  });
});

describe('the record of an experiment whose lease has lapsed', () => {
  test('says so where nothing was in place', async () => {
    const { passTo, round, end } = await anExperiment({ slot: '2026-11-23T09:00:00Z' });
    passTo(96_000);
    await round();
    expect(await end()).toMatchObject({
      verdict: 'failed',
      why: 'whoever ran it died; nothing of it was in place',
    });
  });

  test('says that something is not undone, and what', async () => {
    const { passTo, round, janitor, end } = await anExperiment();
    passTo(96_000);
    await round(janitor((name) => (name === 'write' ? 'refused' : 'works')));
    expect(await end()).toMatchObject({
      verdict: 'undo-failed',
      why: expect.stringMatching(/^whoever ran it died, and \S+ is not undone: AccessDenied/),
    });
  });

  test('is ended only once it is known what became of the fault', async () => {
    const { passTo, round, janitor, end } = await anExperiment();
    passTo(96_000);
    const outOfTime = { runId: 'janitor', deadline: 0, surveyBy: 0 };
    await janitorRound({}, outOfTime, janitor());
    expect(await end()).toBeUndefined();
    await round();
    expect(await end()).toMatchObject({ verdict: 'failed' });
  });

  test('is ended in another round where it cannot be written', async () => {
    const { passTo, round, janitor, isBroken, end } = await anExperiment();
    passTo(96_000);
    const report = await round(janitor((name) => (name === 'ledger endExperiment' ? 'refused' : 'works')));
    expect(report.failures).toMatchObject([{ stage: 'record', code: 'AccessDeniedException' }]);
    expect([isBroken(), await end()]).toEqual([false, undefined]);
    await round();
    expect(await end()).toMatchObject({ verdict: 'failed' });
  });

  test('is left alone while it waits, until the wait is over or a stop should have ended it', async () => {
    const waits = async () => {
      const waiting = await anExperiment({ slot: '2026-11-23T09:00:00Z' });
      const until = startsAt + 1_000_000;
      await waiting.ledger.renewLease(id, { now: startsAt, until, isWaiting: true });
      return waiting;
    };
    const { passTo, round, end } = await waits();
    passTo(1_005_000);
    await round();
    expect(await end()).toBeUndefined();
    passTo(1_006_000);
    await round();
    expect(await end()).toMatchObject({ verdict: 'failed' });

    const stopped = await waits();
    await stopped.ledger.stopExperiment(id, stop);
    stopped.passTo(105_000);
    await stopped.round();
    expect(await stopped.end()).toBeUndefined();
    stopped.passTo(105_001);
    await stopped.round();
    expect(await stopped.end()).toMatchObject({ verdict: 'failed' });
  });
});

describe('people', () => {
  test('are told of one that died, once, with what was undone', async () => {
    const { passTo, round, notices } = await anExperiment();
    passTo(96_000);
    await round();
    passTo(156_000);
    await round();
    expect(notices).toEqual([
      {
        ...{ is: 'died', id, title: 'What if listImages takes an extra 300 ms?', owner: 'team-shop' },
        ...{ rehearsal: false, at: atMs(96_000) },
        ...{ verdict: 'failed', why: 'whoever ran it died; undone by the janitor' },
        strikes: [expect.objectContaining({ byHand: [], text: expect.any(String) })],
      },
    ]);
    expect(ExperimentNotice.parse(notices[0])).toEqual(notices[0]);
  });

  test('are told what is not undone, and how to do that by hand', async () => {
    const { passTo, round, janitor, notices } = await anExperiment();
    passTo(96_000);
    await round(janitor((name) => (name === 'write' ? 'refused' : 'works')));
    expect(notices).toMatchObject([
      {
        verdict: 'undo-failed',
        strikes: [{ text: expect.stringContaining('AccessDenied'), byHand: [expect.any(String)] }],
      },
    ]);
  });

  test('are told once where its end cannot be written, and where two rounds see it', async () => {
    const { passTo, round, janitor, notices, end } = await anExperiment();
    passTo(96_000);
    await round(janitor((name) => (name === 'ledger endExperiment' ? 'refused' : 'works')));
    await Promise.all([round(), round()]);
    expect(await end()).toBeDefined();
    expect(notices).toHaveLength(1);
  });

  test('who cannot be told keep nothing from its end', async () => {
    const { passTo, round, janitor, isBroken, end, notices } = await anExperiment();
    passTo(96_000);
    const report = await round(janitor((name) => (name === 'announce' ? 'refused' : 'works')));
    expect(report.failures).toMatchObject([{ stage: 'announce', message: 'no topic' }]);
    expect([isBroken(), notices]).toEqual([false, []]);
    expect(await end()).toMatchObject({ verdict: 'failed' });
  });

  test('are not told of one that ended by itself', async () => {
    const { passTo, round, notices, ledger } = await anExperiment();
    await ledger.endExperiment(id, ended);
    passTo(96_000);
    await round();
    expect(notices).toEqual([]);
  });
});

describe('an experiment that sleeps', () => {
  const until = startsAt + 1_000_000;
  const asleep = async () => {
    const sleeping = await anExperiment({ slot: '2026-11-23T09:00:00Z' });
    await sleeping.ledger.renewLease(id, { now: startsAt, until, isWaiting: true, wakeUp: 'callback' });
    return sleeping;
  };

  test('is left to sleep while nothing is stopped', async () => {
    const { round, woken } = await asleep();
    expect(await round()).toMatchObject({ failures: [] });
    expect(woken).toEqual([]);
  });

  test.each(['it', 'everything'])(
    'is woken once %s is stopped, in each round until it is up',
    async (what) => {
      const { passTo, round, woken, ledger } = await asleep();
      await (what === 'it' ? ledger.stopExperiment(id, stop) : ledger.setStop(stop));
      passTo(11_000);
      // As the janitor is told of a stop, as it is told of the stop of everything, and in its own time.
      for (const order of [{ run: id }, { all: true }, {}]) {
        expect(await round(undefined, order)).toMatchObject({ failures: [] });
      }
      expect(woken).toEqual(['callback', 'callback', 'callback']);
      await ledger.renewLease(id, { now: startsAt + 12_000, until, isWaiting: false });
      passTo(13_000);
      await round();
      expect(woken).toHaveLength(3);
    },
  );

  test('is not woken by an order for something else, nor once it is over, nor where nothing could wake it', async () => {
    const { round, woken, ledger } = await asleep();
    await ledger.stopExperiment(id, stop);
    await round(undefined, { account: '333333333333' });
    await ledger.endExperiment(id, ended);
    await round();
    const local = anExperimentRecord({ id: '20261123T090000Z-00000002', leaseUntil });
    await ledger.beginExperiment(local);
    await ledger.renewLease(local.id, { now: startsAt, until, isWaiting: true });
    await ledger.setStop(stop);
    await round();
    expect(woken).toEqual([]);
  });

  test('that cannot be woken is a failure, which keeps nobody else asleep, and is tried again', async () => {
    const { passTo, round, janitor, woken, ledger } = await asleep();
    const other = anExperimentRecord({ id: '20261123T090000Z-00000002', leaseUntil });
    await ledger.beginExperiment(other);
    await ledger.renewLease(other.id, { now: startsAt, until, isWaiting: true, wakeUp: 'other' });
    await ledger.setStop(stop);
    passTo(11_000);
    const report = await round(janitor((name) => (name === 'wake callback' ? 'refused' : 'works')));
    expect(report.failures).toMatchObject([{ stage: 'control', message: 'TooManyRequests' }]);
    expect(woken).toEqual(['other']);
    expect(await round()).toMatchObject({ failures: [] });
    expect(woken.toSorted()).toEqual(['callback', 'other', 'other']);
  });

  test('keeps no fault in place that is to be undone, however long it takes to wake', async () => {
    const { passTo, round, janitor, isBroken, ledger } = await anExperiment();
    const other = anExperimentRecord({ id: '20261123T090000Z-00000002', leaseUntil });
    await ledger.beginExperiment(other);
    await ledger.renewLease(other.id, { now: startsAt, until, isWaiting: true, wakeUp: 'other' });
    await ledger.setStop(stop);
    passTo(11_000);
    let answer: (isAwake: boolean) => void = () => {};
    const slow = new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    const { undoer, ...world } = janitor(undefined, { sleepers: { wake: () => slow } });
    const open: typeof undoer.open = async (...entries) => {
      const opened = await undoer.open(...entries);
      setImmediate(() => answer(true));
      return opened;
    };
    await round({ ...world, undoer: { open } });
    expect(isBroken()).toBe(false);
  });
});

describe('experiments that cannot be read', () => {
  test('keep nothing from being undone that is due', async () => {
    const { passTo, round, janitor, isBroken } = await anExperiment();
    const blind = janitor((name) => (name === 'ledger runningExperiments' ? 'refused' : 'works'));
    passTo(120_000);
    expect(await round(blind)).toMatchObject({
      failures: [{ stage: 'control', code: 'AccessDeniedException' }],
    });
    expect(isBroken()).toBe(true);
    passTo(185_000);
    expect(await round(blind)).toMatchObject({ strikes: [{ outcome: 'ended' }] });
    expect(isBroken()).toBe(false);
  });

  test.each([
    ['its own', { runId: id }, 'undo-failed'],
    ['nobody knows whose', {}, 'undo-failed'],
    ["another's", { runId: 'another' }, 'failed'],
  ])('one that has died ends by an undo entry that cannot be read: %s', async (_, whose, verdict) => {
    const { passTo, round, janitor, end, notices } = await anExperiment();
    const { ledger, ...world } = janitor();
    const item = {
      table: 'chaos-ledger',
      pk: 'undo',
      sk: 'f'.repeat(16),
      why: 'newer',
      group: 'g',
      ...whose,
    };
    const openUndos = async () => ({ ...(await ledger.openUndos()), unreadable: [item] });
    passTo(90_000 + lateMs + 1);
    await round({ ...world, ledger: { ...ledger, openUndos } });
    expect(await end()).toMatchObject({ verdict });
    expect(notices).toMatchObject([{ verdict }]);
    if (verdict === 'undo-failed') expect((await end())?.why).toContain(`sk=${item.sk}`);
  });

  test('one whose record is damaged counts as dead: its engine cannot read it either', async () => {
    const { passTo, round, janitor, isBroken, end } = await anExperiment();
    const { ledger, ...world } = janitor();
    const item = { table: 'chaos-ledger', pk: 'experiments', sk: id, why: 'damaged', group: undefined };
    passTo(10_000);
    const report = await round({
      ...world,
      ledger: { ...ledger, runningExperiments: async () => ({ found: [], unreadable: [item] }) },
    });
    expect(report.failures).toMatchObject([{ stage: 'control', code: 'UnreadableItem' }]);
    expect(isBroken()).toBe(false);
    expect(await end()).toMatchObject({ verdict: 'failed' });
  });
});
