import { type Failure, failure } from '../model/failure.ts';
import type { UndoEntry } from '../model/undo-entry.ts';
import { type UnreadableUndo, unreadableText } from '../model/unreadable-item.ts';
import type { ExperimentAnnouncer } from '../ports/announcer.ts';
import type { ExperimentEnd, ExperimentLedger } from '../ports/experiment-ledger.ts';
import { type ExperimentNotice, noticeHead, openFirst } from '../reports/experiment-notice.ts';
import type { ExperimentRecord } from '../reports/experiment-record.ts';
import type { HandledStrike } from '../reports/undo-report.ts';
import { maxText, oneLine } from '../util/format.ts';
import { type AnnouncePorts, announceOnce } from './announce-once.ts';

export interface EndPorts extends AnnouncePorts {
  readonly ledger: AnnouncePorts['ledger'] & Pick<ExperimentLedger, 'endExperiment'>;
  readonly announcer: ExperimentAnnouncer;
}

export interface LapsedExperiment {
  readonly id: string;
  /** Undefined: it cannot be read. */
  readonly record: ExperimentRecord | undefined;
  /** What it had in place as the round began. */
  readonly entries: readonly UndoEntry[];
  /** Entries that may be its own, and that this version cannot undo. */
  readonly unreadable: readonly UnreadableUndo[];
}

/** Strikes that a round has handled, by the ids of their entries. */
export type Handled = ReadonlyMap<string, HandledStrike>;

/**
 * Ends an experiment that nobody runs any more, and tells people first: once it is ended, no round looks at it again. Does neither while
 * something of it is on its way: another round sees what becomes of that.
 */
export async function endLapsed(
  lapsed: LapsedExperiment,
  handled: Handled,
  { ledger, clock, announcer }: EndPorts,
): Promise<readonly Failure[]> {
  const end = endOf(lapsed, handled);
  if (end === undefined) return [];
  const at = new Date(clock.now()).toISOString();
  const failures: Failure[] = [];
  const note = (stage: Failure['stage']) => (error: unknown) => {
    failures.push(failure(stage, error));
  };
  const tell = () => announcer.announceExperiment({ ...diedNotice(lapsed, handled), ...end, at });
  await announceOnce([`experiment ${lapsed.id}`], at.slice(0, 10), { ledger, clock }, tell).catch(
    note('announce'),
  );
  await ledger.endExperiment(lapsed.id, { ...end, at }).catch(note('record'));
  return failures;
}

function endOf(
  { entries, unreadable }: LapsedExperiment,
  handled: Handled,
): Omit<ExperimentEnd, 'at'> | undefined {
  const left = entries.filter(({ id }) => handled.get(id)?.outcome !== 'ended');
  const [unread] = unreadable;
  if (left.length === 0 && unread === undefined) {
    const undone = entries.length === 0 ? 'nothing of it was in place' : 'undone by the janitor';
    return { verdict: 'failed', why: `whoever ran it died; ${undone}` };
  }
  const stuck = left.find((entry) => isStuck(entry, handled.get(entry.id)));
  if (stuck === undefined) {
    if (unread === undefined || left.length > 0) return undefined;
    return {
      verdict: 'undo-failed',
      why: `whoever ran it died, and nobody undoes what is not known: ${unreadableText(unread)}`,
    };
  }
  const why = stateText(stuck, handled);
  return { verdict: 'undo-failed', why: `whoever ran it died, and ${stuck.group} is not undone: ${why}` };
}

/** What has failed is not tried in every round. */
function isStuck({ state }: UndoEntry, handled: HandledStrike | undefined): boolean {
  if (handled === undefined) return state === 'undo-failed';
  return handled.outcome === 'failing' || handled.outcome === 'contested';
}

function diedNotice({ id, record, entries }: LapsedExperiment, handled: Handled) {
  const unknown = { title: 'its record cannot be read', owner: 'nobody knows whom', rehearsal: false };
  return {
    is: 'died',
    ...noticeHead({ ...(record ?? unknown), id }),
    strikes: openFirst(
      entries.map((entry) => ({
        ...{ id: entry.id, group: entry.group, target: entry.target, fault: entry.fault },
        text: oneLine(stateText(entry, handled), maxText),
        byHand: handled.get(entry.id)?.outcome === 'ended' ? [] : entry.byHand,
      })),
    ),
  } satisfies Omit<ExperimentNotice & { readonly is: 'died' }, 'at' | 'verdict' | 'why'>;
}

function stateText({ id, problem, state }: UndoEntry, handled: Handled): string {
  return handled.get(id)?.text ?? problem ?? state;
}
