import { deploymentText } from '../model/deployment.ts';
import { contestedEndText } from '../model/fault-end-text.ts';
import { type HandledStrike, isOfStrike, type UndoReport } from '../reports/undo-report.ts';
import { oneLine } from '../util/format.ts';
import { type Action, maxTitle, stopActions, undoAgain, undoByHand } from './actions.ts';
import { type Digest, type Note, placeFlags, type Reader, readable } from './digest.ts';
import { failureSection } from './failure-section.ts';
import { type Limits, listed, type Section } from './section.ts';
import { undoSubject } from './subject.ts';

/** Faults that do not end as they should, for those who have to see to it: what is in place, what ends by itself, and how to end it. */
export function undoDigest(report: UndoReport, reader: Reader, limits: Limits): Digest {
  const flags = placeFlags(reader);
  const isMessage = 'account' in reader;
  const { strikes, runId, startedAt, open, endedAt } = report;
  const told = { ...limits, rest: limits.rest ?? `: ./chaos strikes --active${flags}` };
  const others = report.failures.filter((one) => !isOfStrike(one));
  return readable(
    {
      headline: undoSubject(report),
      notes: omittedNotes(report),
      sections: [
        strikeSection('Could NOT be undone', 'bad', 'failing', report, told),
        strikeSection('Changed by somebody else, and left as it is', 'warn', 'contested', report, told),
        failureSection('Failures', others, others.length, limits),
      ],
      actions: [
        ...strikes.slice(0, limits.strikes).flatMap((strike) => strikeActions(strike, flags)),
        ...(isMessage ? stopActions(reader) : []),
      ],
      whole: `All of it: ./chaos strikes --active${flags}`,
      footer: [
        `Round ${runId} of chaos_janitor, begun at ${startedAt} and ended at ${endedAt}. Open afterwards: ${open}.`,
        ...(isMessage ? [deploymentText(reader)] : []),
      ],
    },
    'timeZone' in reader ? reader.timeZone : 'UTC',
  );
}

function omittedNotes({ omitted }: UndoReport): readonly Note[] {
  if (omitted === undefined) return [];
  const text = `Not all fit into this report: ${omitted.strikes} more strikes and ${omitted.failures} more failures.`;
  return [{ text, tone: 'warn' }];
}

function strikeSection(
  title: string,
  tone: Section['tone'],
  outcome: HandledStrike['outcome'],
  { strikes, endedAt }: UndoReport,
  { strikes: limit, rest }: Limits,
): Section {
  const shown = strikes.filter((strike) => strike.outcome === outcome);
  const parts = listed(shown, (strike) => entry(strike, endedAt), shown.length, limit, rest);
  return { title, count: shown.length, tone, parts };
}

function entry(strike: HandledStrike, now: string) {
  const { id, group, target, fault, text, failingSince } = strike;
  return {
    name: group,
    text: `${fault.name} on ${target.id} in ${target.account}, ${target.region}, strike ${id}: ${text}`,
    details: [
      ...(failingSince === undefined ? [] : [`it has been failing since ${failingSince}`]),
      expiryText(strike, now),
    ],
  };
}

/** What happens if nobody does anything. */
export function expiryText({ outcome, selfExpiry: { by, at } }: HandledStrike, now: string): string {
  if (outcome === 'contested') return contestedEndText;
  const isPast = Date.parse(at) <= Date.parse(now);
  switch (by) {
    case 'aws':
      return isPast
        ? `it has had no effect since ${at}: what is left of it is to be removed`
        : `it has no effect any more at ${at}, whatever happens`;
    case 'target':
      return isPast ? `it has ended by itself at ${at}` : `it ends by itself at ${at}`;
    case 'schedule':
      if (isPast) return `a schedule in the account was to undo it at ${at}, and may be trying still`;
      return `a schedule in the account undoes it within minutes of ${at}`;
  }
}

function strikeActions(strike: HandledStrike, flags: string): readonly Action[] {
  const { id, outcome, target } = strike;
  const accept = {
    title: oneLine(`To leave ${target.id} as it is`, maxTitle),
    commands: [`./chaos undo ${id} --accept${flags}`],
  };
  return outcome === 'contested'
    ? [accept, undoByHand(strike)]
    : [undoAgain(strike, flags), undoByHand(strike), accept];
}
