import { makeCalendar } from '../../calendar/make-calendar.ts';
import { resolveLeash } from '../../config/resolve-leash.ts';
import { checkEntry } from '../../gates/check-entry.ts';
import { experimentSlots } from '../../model/experiment-slot.ts';
import { orFallback } from '../../model/partial-result.ts';
import type { Recovery } from '../../model/recovery.ts';
import type { RunContext } from '../../model/run-context.ts';
import type { StrikeEntry } from '../../model/strike.ts';
import type { World } from '../../ports/world.ts';
import type { MethodPort, OpenUndo } from '../engine/ports.ts';
import { describeStrikes } from './describe-strikes.ts';
import { whyInTheWay } from './in-the-way.ts';
import { observeFaults } from './observe-faults.ts';
import { type OwnUndos, openUnread, ownUndos } from './own-undos.ts';
import { resolveStep } from './resolve-step.ts';
import { strikeStep } from './strike-step.ts';
import type { UndoNow } from './undo-now.ts';

/** How long each call of the port may take. */
const callMs = 60_000;

/**
 * The method in the accounts of the configuration: the same gates, guards, leash, claims, budgets and locks as for the monkey, and its
 * undo. `runId`: the experiment's.
 */
export function worldMethod(runId: string, world: World, undoNow: UndoNow): MethodPort {
  const context = (): RunContext => {
    const deadline = world.clock.now() + callMs;
    return { runId, deadline, surveyBy: deadline };
  };
  return {
    closed: async (experiment) => {
      const leash = resolveLeash({ dryRun: false }, world.config, 'cli');
      if (leash.mode === 'leashed') return leash.because;
      const slot = { id: `${experimentSlots(runId)}0`, at: world.clock.now() };
      const { gates, failures } = await checkEntry(slot, 'live', makeCalendar(world.config), world);
      const shut = gates.verdicts.find(({ open }) => !open);
      if (shut !== undefined) return `gate ${shut.gate}: ${shut.text}`;
      return failures[0]?.message ?? whyInTheWay(experiment, runId, world);
    },
    resolve: async (step, stage) =>
      resolveStep(step, { id: runId, stage }, context(), await world.ledger.control(), world),
    strike: async (step, { rounds }, stage, beside) => {
      const control = await world.ledger.control();
      const struck = await strikeStep(step, rounds, { id: runId, stage }, context(), control, world, beside);
      // From here on something may be in place. What undoes it is known without this, except for people.
      const known = struck.strikes.flatMap(({ undo }) => undo ?? []);
      const own = ownUndos(runId, world.ledger, known).then((value) => ({ value, failures: [] }));
      const undos = await orFallback('undo', noUndos, own);
      const failures = [...struck.failures, ...undos.failures];
      const at = { step: step.name, stage, now: world.clock.now() };
      return describeStrikes(at, { ...struck, failures }, undos.value);
    },
    undo: async (ids) => {
      const before = ids === undefined ? await ownUndos(runId, world.ledger) : undefined;
      const wanted = ids ?? idsOf(before ?? noUndos);
      if (wanted.length === 0) return [];
      const why = await undoNow(wanted, context());
      const { found, unreadable } = await ownUndos(runId, world.ledger, wanted);
      const left = found.filter(({ id }) => wanted.includes(id));
      const unread = unreadable.filter(({ sk }) => wanted.includes(sk));
      return [
        ...left.map(
          ({ id, group, byHand, problem }): OpenUndo => ({
            ...{ id, group, byHand },
            why: why.get(id) ?? problem ?? 'it is being undone',
          }),
        ),
        ...unread.map(openUnread),
      ];
    },
    undone: async (ids) => {
      const { found, unreadable } = await ownUndos(runId, world.ledger, ids);
      const left = [
        ...found.filter(({ state }) => state !== 'undoing').map(({ id }) => id),
        ...unreadable.map(({ sk }) => sk),
      ];
      return ids.filter((id) => !left.includes(id));
    },
    observe: async (ids, until) =>
      observeFaults(ids, await ownUndos(runId, world.ledger, ids), { runId, until }, world),
    recovered: async () => {
      const at = world.clock.now();
      const { found } = await world.ledger.openStrikes();
      const own = found.filter((one) => one.runId === runId && one.state === 'succeeded');
      for (const strike of own) await world.ledger.close(strike, recoveryOf(strike, at));
    },
  };
}

/** An experiment measures what its users see, all the time: it need not wait for a look at the group. */
function recoveryOf(strike: StrikeEntry, at: number): Recovery {
  return {
    outcome: 'recovered',
    at: new Date(at).toISOString(),
    tookMs: at - Date.parse(strike.at),
    text: 'every probe of its experiment was within its tolerance again',
  };
}

const noUndos: OwnUndos = { found: [], unreadable: [] };

function idsOf({ found, unreadable }: OwnUndos): readonly string[] {
  return [...found.map(({ id }) => id), ...unreadable.map(({ sk }) => sk)];
}
