import { tookText } from '#core/experiment/wording/numbers.ts';
import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import { attributionText } from '#core/messages/attribution.ts';
import { inZone } from '#core/messages/moment-text.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import { counted } from '#core/util/format.ts';
import type { Standing } from '../../deployed/watch-experiment.ts';
import type { Paint } from '../../terminal/terminal.ts';
import { line, paragraphs, type Section, styles } from '../layout.ts';
import { whoText } from './experiment-list.ts';
import { probeText, progressText, stageText } from './live.ts';

export interface StandingView {
  readonly paint: Paint;
  readonly timeZone: string;
  /** Options that locate the deployment, for commands: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
  /** Epoch ms, by AWS's clock. */
  readonly now: number;
}

/** The janitor looks every minute, and is patient for some seconds. */
const lapsedMs = 5_000;

/** What an experiment is doing, in a few words. */
export function phaseText(
  { record, inPlace }: Pick<Standing, 'record' | 'inPlace'>,
  now: number,
  timeZone: string,
): string {
  const { ended, stop, isWaiting, leaseUntil, progress } = record;
  if (ended !== undefined) return verdictWords({ is: ended.verdict }).word;
  if (now > leaseUntil + lapsedMs)
    return 'nobody answers for it any more: the janitor ends it within a minute';
  const faults = inPlace.length === 0 ? 'nothing in place' : `${counted(inPlace.length, 'fault')} in place`;
  if (stop !== undefined) return `stopping, ${faults}`;
  if (!isWaiting) return `${progress === undefined ? 'measuring' : stageText(progress)}, ${faults}`;
  return `waiting until ${inZone(new Date(leaseUntil).toISOString(), timeZone)}, ${faults}`;
}

/** What `chaos experiment status` prints. */
export function standingsText(standings: readonly Standing[], view: StandingView): string {
  if (standings.length === 0) return view.paint(['bold', 'green'], 'No experiment is running.');
  return paragraphs(standings.map((one) => standingLines(one, view)));
}

function standingLines(standing: Standing, view: StandingView): Section {
  const { record, inPlace } = standing;
  const { id, title, owner, startedBy, startedAt, trigger, rehearsal, stop, ended, notes } = record;
  const { paint, timeZone, flags, now } = view;
  const tone = ended === undefined ? 'info' : verdictWords({ is: ended.verdict }).tone;
  const about = rehearsal ? `${line(title)} (rehearsal)` : line(title);
  const by = `by ${line(startedBy)} (${line(trigger)})`;
  return [
    `${paint(styles[tone], line(id))}  ${phaseText(standing, now, timeZone)}`,
    `  ${about}`,
    `  begun ${inZone(startedAt, timeZone)} ${by}; owner ${line(owner)}`,
    ...(stop === undefined ? [] : [`  stopped: ${attributionText(stop, timeZone)}`]),
    ...(ended === undefined ? [] : [`  ended ${inZone(ended.at, timeZone)}: ${line(ended.why)}`]),
    ...progressLines(record, now),
    ...inPlaceLines(inPlace),
    ...notes.map(({ by, text }) => `  note ${whoText(by)}: ${line(text)}`),
    ...nextLines(record, flags),
  ];
}

/** What it told last. Nothing while it waits: that was before. */
function progressLines({ ended, isWaiting, progress }: ExperimentRecord, now: number): Section {
  if (ended !== undefined || isWaiting || progress === undefined) return [];
  const { at, probes, more } = progress;
  return [
    `  ${tookText(Math.max(0, now - at))} ago: ${progressText(progress, false)}`,
    ...probes.map((probe) => `    ${probeText(probe)}`),
    ...(more === 0
      ? []
      : [`    and ${counted(more, 'probe')} that ${more === 1 ? 'is' : 'are'} further from a deviation`]),
  ];
}

/** The entries that are not undone, for `chaos undo`. */
export function inPlaceLines(inPlace: readonly UndoEntry[]): Section {
  return inPlace.map(
    ({ id, state, fault, target }) => `  in place: ${id}  ${state}  ${fault.name} on ${line(target.id)}`,
  );
}

function nextLines({ id, stop, ended }: ExperimentRecord, flags: string): Section {
  if (ended !== undefined) return [`  Its report: ./chaos experiment report ${line(id)}${flags}`];
  return stop === undefined ? [`  To stop it: ./chaos experiment stop ${line(id)}${flags}`] : [];
}
