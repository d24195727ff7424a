import { makeCalendar } from '../../calendar/make-calendar.ts';
import { resolveLeash } from '../../config/resolve-leash.ts';
import { checkEntry } from '../../gates/check-entry.ts';
import { experimentSlots, stepSlots } from '../../model/experiment-slot.ts';
import type { Recovery } from '../../model/recovery.ts';
import type { RunContext } from '../../model/run-context.ts';
import type { StrikeEntry } from '../../model/strike.ts';
import type { UndoEntry } from '../../model/undo-entry.ts';
import type { World } from '../../ports/world.ts';
import type { StruckTarget } from '../../reports/experiment-report.ts';
import type { StrikeResults } from '../../run/strike-results.ts';
import type { MethodPort, OpenUndo, StepStrikes } from '../engine/ports.ts';
import { whyInTheWay } from './in-the-way.ts';
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
      const slots = stepSlots(runId, stage, step.name);
      const undos = (await ownUndos(runId, world)).filter(({ slot }) => slot.startsWith(slots));
      return describeStrikes(step.name, stage, struck, undos, world.clock.now());
    },
    undo: async (ids) => {
      const wanted = ids ?? (await ownUndos(runId, world)).map(({ id }) => id);
      if (wanted.length === 0) return [];
      const why = await undoNow(wanted, context());
      const left = (await ownUndos(runId, world)).filter(({ id }) => wanted.includes(id));
      return left.map(
        ({ id, group, byHand, problem }): OpenUndo => ({
          ...{ id, group, byHand },
          why: why.get(id) ?? problem ?? 'it is being undone',
        }),
      );
    },
    undone: async (ids) => {
      const own = await ownUndos(runId, world);
      const inPlace = new Set(own.filter(({ state }) => state !== 'undoing').map(({ id }) => id));
      return ids.filter((id) => !inPlace.has(id));
    },
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

/** What this experiment has in place, or may have. */
async function ownUndos(runId: string, { ledger }: Pick<World, 'ledger'>): Promise<readonly UndoEntry[]> {
  const { found } = await ledger.openUndos();
  return found.filter((entry) => entry.runId === runId);
}

function describeStrikes(
  step: string,
  stage: number,
  { strikes, decisions, failures }: StrikeResults,
  undos: readonly UndoEntry[],
  now: number,
): StepStrikes {
  const from = new Date(now).toISOString();
  const made = strikes.map(({ group, target, fault, outcome, detail }): StruckTarget => {
    const undo = undos.find((entry) => entry.group === group && entry.target.id === target.id);
    return {
      ...{ step, stage, group, target, fault, detail, byHand: [...(undo?.byHand ?? [])] },
      outcome: outcome === 'leashed' ? 'spared' : outcome,
      ...(outcome !== 'failed' && { from }),
      ...(undo !== undefined && { undo: undo.id }),
    };
  });
  const spared = decisions.filter(({ verdict }) => verdict === 'spare');
  return {
    strikes: made,
    failures: [
      ...failures,
      ...spared.map(({ group, reason }) => ({
        ...{ stage: 'claim' as const, code: reason.code, message: reason.text, group },
      })),
    ],
  };
}
