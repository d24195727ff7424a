import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testSeed } from '../../support/test-seed.ts';
import { aBreakableWorld, type Fate, steps } from './a-breakable-world.ts';
import { janitorRound, strikeOnce } from './strike-and-undo.ts';

const startsAt = Date.parse('2026-11-23T09:00:00Z');
const minuteMs = 60_000;
const stop = { reason: 'r', by: 'b', at: '2026-11-23T09:00:00Z' };

const aFate = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Fate>('works') },
  { weight: 2, arbitrary: fc.constantFrom<Fate>('refused', 'answer lost') },
  { weight: 1, arbitrary: fc.constantFrom<Fate>('dies before', 'dies after', 'dies, late') },
);
const fates = fc.array(aFate, { minLength: 0, maxLength: 25 });

/** What else happens in a minute. */
const anEvent = fc.oneof(
  { weight: 20, arbitrary: fc.constant({ is: 'nothing' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ is: fc.constant('foreign' as const), step: fc.constantFrom(...steps) }),
  },
  { weight: 1, arbitrary: fc.constant({ is: 'deleted' } as const) },
  { weight: 1, arbitrary: fc.constant({ is: 'stop' } as const) },
);

const aHistory = fc.record({
  ends: fc.constantFrom('aws' as const, 'schedule' as const),
  stepsOfFault: fc.constantFrom(1 as const, 2 as const),
  propagationMs: fc.constantFrom(0, 60_000),
  run: fates,
  janitors: fc.array(fc.array(fates, { minLength: 0, maxLength: 2 }), { minLength: 0, maxLength: 12 }),
  events: fc.array(anEvent, { minLength: 12, maxLength: 12 }),
  lateByMs: fc.integer({ min: 0, max: 4 * minuteMs }),
  isStoppedWhileInjecting: fc.boolean(),
});

/** A round or a run that cannot read the ledger does nothing. */
const unreadable = () => 'unreadable';

const fateOf = (list: readonly Fate[]) => (call: number) => list[call] ?? 'works';

test('whatever dies, is refused, is lost or is changed by others: nothing of ours stays', async () => {
  await fc.assert(
    fc.asyncProperty(aHistory, async (history) => {
      const { run, janitors, events, lateByMs, isStoppedWhileInjecting, ...variant } = history;
      const world = aBreakableWorld({ ...variant, startsAt });
      const foreign = new Set<string>();
      const check = async () => {
        if (!world.isBroken()) return;
        const known = (await world.openEntries()).length > 0 || world.scheduled.size > 0;
        expect(known).toBe(true);
      };

      const striking = world.process(fateOf(run), lateByMs);
      const struck = Promise.race([strikeOnce(striking.world).catch(unreadable), striking.death]);
      if (isStoppedWhileInjecting) {
        await world.ledger.setStop(stop);
        // Beside the run, in steps that depend on nothing but this history.
        await Promise.all([struck, janitorRound(world.process(fateOf([])).world)]);
      } else {
        await struck;
      }
      await check();

      for (const [minute, event] of events.entries()) {
        world.pass(minuteMs);
        await check();
        const settings = world.settings();
        if (event.is === 'foreign' && settings !== undefined) {
          const value = `foreign-${minute}`;
          foreign.add(value);
          world.setTo({ ...settings, [event.step]: value });
        }
        if (event.is === 'deleted') world.setTo(undefined);
        if (event.is === 'stop') await world.ledger.setStop(stop);
        await Promise.all(
          (janitors[minute] ?? []).map((list) => {
            const janitor = world.process(fateOf(list), lateByMs / 8);
            return Promise.race([janitorRound(janitor.world).catch(unreadable), janitor.death]);
          }),
        );
        await check();
      }

      // Later all is well: after a failure it is tried again within 15 minutes.
      for (let minute = 0; minute < 40; minute += 1) {
        world.pass(minuteMs);
        await janitorRound(world.process(() => 'works').world);
      }
      expect(world.hasResidue()).toBe(false);
      expect(world.scheduled.size).toBe(0);
      const open = await world.openEntries();
      expect(open.every(({ state }) => state === 'contested')).toBe(true);
      if (open.length > 0) expect(foreign.size).toBeGreaterThan(0);
      if (foreign.size === 0 && world.settings() !== undefined) {
        expect(world.settings()).toStrictEqual({ left: 'a', right: 'b' });
      }
    }),
    { seed: testSeed(), numRuns: 400 },
  );
});
