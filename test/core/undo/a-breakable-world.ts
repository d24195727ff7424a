import * as z from 'zod';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { FaultRegistry, LastingFault } from '#core/model/fault.ts';
import type { ScheduledCall, Sighting } from '#core/model/lasting.ts';
import type { TargetKind } from '#core/model/target.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { Reach } from '#core/ports/reach.ts';
import type { UndoWorld } from '#core/undo/undo-due.ts';

/** What becomes of a call. `late`: it is lost with its process, and arrives some time later. */
export type Fate = 'works' | 'refused' | 'answer lost' | 'dies before' | 'dies after' | 'dies, late';

export const steps = ['left', 'right'] as const;
type Step = (typeof steps)[number];
type Target = Partial<Record<Step, string>>;

const Saved = z.strictObject({ left: z.string(), right: z.string().optional() });
type Saved = z.infer<typeof Saved>;

type WholeLedger = Ledger & ExperimentLedger;

const never = new Promise<never>(() => {});

/**
 * A target whose settings a fault changes, in one step or in two, with everything that can go wrong at each call of it, of the ledger
 * and of the schedule. A process that dies makes no more calls.
 */
export function aBreakableWorld(options: {
  readonly ends: 'aws' | 'schedule';
  readonly stepsOfFault: 1 | 2;
  /** Reads show the target as it was that long ago. */
  readonly propagationMs?: number;
  readonly startsAt: number;
}) {
  const { ends, stepsOfFault, propagationMs = 0 } = options;
  let now = options.startsAt;
  const scheduled = new Map<string, { readonly call: ScheduledCall; readonly at: number }>();
  const late: { readonly at: number; readonly act: () => void }[] = [];
  const ledger = inMemoryLedger({ newSecret: () => 'secret' });

  const fault = (id: string): string => `chaos-${id}`;
  /** Epoch ms until which its own condition keeps the fault in effect. */
  const effectUntil = new Map<string, number>();

  /** The target's settings at all times, the last being those of now. */
  const history: { readonly since: number; readonly settings: Target | undefined }[] = [
    { since: Number.NEGATIVE_INFINITY, settings: { left: 'a', right: 'b' } },
  ];
  const settingsNow = () => history.at(-1)?.settings;
  const seenSettings = () => history.findLast(({ since }) => since <= now - propagationMs)?.settings;
  const setTo = (settings: Target | undefined) => history.push({ since: now, settings });
  const set = (step: Step, value: string) => {
    const settings = settingsNow();
    if (settings === undefined) throw named('ResourceNotFoundException');
    setTo({ ...settings, [step]: value });
  };
  const used: readonly Step[] = stepsOfFault === 2 ? steps : ['left'];

  /** What was to happen until now, in the order of its time. */
  const catchUp = () => {
    const arrived = late.filter(({ at }) => at <= now);
    late.splice(0, late.length, ...late.filter(({ at }) => at > now));
    const events = [
      ...arrived,
      ...[...scheduled].map(([id, { call, at }]) => ({ at, act: () => runSchedule(id, call) })),
    ];
    for (const event of events.sort((a, b) => a.at - b.at)) {
      if (event.at <= now) event.act();
    }
  };
  const runSchedule = (id: string, { input }: ScheduledCall) => {
    scheduled.delete(id);
    const settings = settingsNow();
    if (settings !== undefined) setTo({ ...settings, ...input });
  };

  /** A process: all its calls end as `fateOf` says, by their number. */
  const process = (fateOf: (call: number, name: string) => Fate, lateBy = 0) => {
    let [calls, isDead] = [0, false];
    let died: () => void = () => {};
    const death = new Promise<'died'>((resolve) => {
      died = () => resolve('died');
    });
    const die = () => {
      isDead = true;
      died();
      return never;
    };
    const call = async <Answer>(name: string, act: () => Answer | Promise<Answer>): Promise<Answer> => {
      // Others go on while this is on its way.
      await Promise.resolve();
      if (isDead) return never;
      const fate = fateOf(calls, name);
      calls += 1;
      switch (fate) {
        case 'works':
          return act();
        case 'refused':
          throw named('AccessDeniedException');
        case 'answer lost':
          await act();
          throw named('TimeoutError');
        case 'dies before':
          return die();
        case 'dies after':
          await act();
          return die();
        case 'dies, late':
          late.push({ at: now + lateBy, act: () => void Promise.resolve(act()).catch(() => {}) });
          return die();
      }
    };

    const settingsFault = (calling: typeof call) =>
      ({
        name: 'settings',
        summary: '',
        kind: 'settings',
        parameters: z.strictObject({}),
        permissions: [],
        lasts: true,
        leaves: 'a trace',
        version: 1,
        saved: Saved,
        propagationMs,
        prepare: async () => {
          const found = await calling('read', seenSettings);
          if (found?.left === undefined) return { unfit: 'it is gone' };
          return { saved: { left: found.left, right: found.right }, locks: ['arn'], hits: ['arn'] };
        },
        inject: async (hand, _target, _parameters, saved) => {
          for (const step of used) {
            await calling('write', () => {
              set(step, fault(hand.strike.id));
              effectUntil.set(hand.strike.id, Date.parse(hand.strike.deadline));
            });
            if (used.length > 1) await hand.note(saved);
          }
        },
        observe: (_aws, _target, saved, { id }) =>
          calling('read', (): Sighting => {
            const found = seenSettings();
            if (found === undefined) return 'gone';
            const of = used.map((step) => {
              if (found[step] === fault(id)) return 'ours';
              return found[step] === saved[step] ? 'before' : 'other';
            });
            if (of.every((one) => one === 'ours')) return 'ours';
            if (of.some((one) => one === 'ours')) return 'partly';
            return of.every((one) => one === 'before') ? 'before' : 'other';
          }),
        undo: async (hand, _target, saved) => {
          const found = await calling('read', seenSettings);
          if (found === undefined) return { outcome: 'gone' };
          for (const step of used) {
            if (found[step] !== fault(hand.strike.id)) continue;
            await calling('write', () => set(step, saved[step] ?? ''));
          }
          const isOthers = used.some(
            (step) => found[step] !== fault(hand.strike.id) && found[step] !== saved[step],
          );
          return { outcome: isOthers ? 'contested' : 'undone' };
        },
        ends:
          ends === 'aws'
            ? { by: 'aws' }
            : {
                by: 'schedule',
                calls: (_strike, _target, saved) => [
                  { service: 'settings', action: 'set', input: { ...saved } },
                ],
              },
        byHand: () => ['set it back'],
      }) satisfies LastingFault<TargetKind, unknown, Saved>;

    const reach: Reach = {
      injector: () => ({
        client: () => {
          throw new Error('this fault needs no client');
        },
        wasRefusedEveryTime: false,
        mayHaveActed: 1,
      }),
      arm: (id, [armed], at) => call('arm', () => void (armed && scheduled.set(id, { call: armed, at }))),
      disarm: (id) => call('disarm', () => void scheduled.delete(id)),
    };
    const clock: Clock = {
      now: () => now,
      sleep: async (ms) => {
        if (isDead) return never;
        now += ms;
        catchUp();
      },
    };
    const faults: FaultRegistry = new Map([['settings', settingsFault(call) as never]]);
    const world: UndoWorld & { readonly ledger: WholeLedger; readonly reach: Reach } = {
      faults,
      clock,
      skew: { offsetMs: () => 0 },
      reach,
      ledger: new Proxy(ledger, {
        get:
          (real, method: keyof WholeLedger) =>
          (...args: readonly unknown[]) =>
            call(`ledger ${method}`, () =>
              (real[method] as (...given: readonly unknown[]) => unknown)(...args),
            ),
      }) as WholeLedger,
      undoer: {
        open: (entries) =>
          call('assume-role', () => ({
            value: new Map(entries.map(({ id }) => [id, reach])),
            failures: [],
          })),
      },
    };
    return { world, death, calls: () => calls };
  };

  return {
    process,
    ledger,
    settings: settingsNow,
    /** Somebody else's change. */
    setTo,
    scheduled,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
      catchUp();
    },
    /** Whether the target suffers from a strike right now. */
    isBroken: (): boolean =>
      used.some((step) => {
        const id = /^chaos-(.+)$/.exec(settingsNow()?.[step] ?? '')?.[1];
        if (id === undefined) return false;
        return ends === 'schedule' || now < (effectUntil.get(id) ?? Number.POSITIVE_INFINITY);
      }),
    /** Whether anything of a strike is left in it, in effect or not. */
    hasResidue: (): boolean => used.some((step) => settingsNow()?.[step]?.startsWith('chaos-') === true),
    openEntries: async (): Promise<readonly UndoEntry[]> => (await ledger.openUndos()).found,
  };
}

export type BreakableWorld = ReturnType<typeof aBreakableWorld>;

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
