import type { StruckTarget } from '../../reports/experiment-report.ts';
import { overCode } from '../../run/strike-mode.ts';
import type { StepStrikes } from '../engine/ports.ts';
import type { OwnUndos } from './own-undos.ts';
import type { StruckStep } from './strike-step.ts';

/** What a step has struck, as reports show it. `now`: epoch ms. */
export function describeStrikes(
  { step, stage, now }: { readonly step: string; readonly stage: number; readonly now: number },
  { strikes, decisions, failures }: StruckStep,
  { found, unreadable }: OwnUndos,
): StepStrikes {
  const from = new Date(now).toISOString();
  const commands = new Map([
    ...unreadable.map(({ sk, byHand = [] }) => [sk, byHand] as const),
    ...found.map(({ id, byHand }) => [id, byHand] as const),
  ]);
  const made = strikes.map(({ group, target, fault, outcome, detail, undo }): StruckTarget => {
    const byHand = undo === undefined ? undefined : commands.get(undo);
    // One that failed has nothing in place, unless its entry is open. Of all others that is certain, whatever the ledger shows.
    const isToUndo = undo !== undefined && (outcome !== 'failed' || byHand !== undefined);
    return {
      ...{ step, stage, group, target, fault, detail, byHand: [...(byHand ?? [])] },
      outcome: outcome === 'leashed' ? 'spared' : outcome,
      ...(outcome !== 'failed' && { from }),
      ...(isToUndo && { undo }),
    };
  });
  // What ended it says why nothing more was struck.
  const spared = decisions.filter(({ verdict, reason }) => verdict === 'spare' && reason.code !== overCode);
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
