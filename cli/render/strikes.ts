import { inZone } from '#core/messages/moment-text.ts';
import { contestedEndText } from '#core/model/fault-end-text.ts';
import type { EndedUndo, UndoEntry } from '#core/model/undo-entry.ts';
import { isOfStrike } from '#core/reports/undo-report.ts';
import type { UndoRound } from '#core/undo/undo-due.ts';
import { counted, oneLine } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, maxListed, more, paragraphs, type Section, titled } from './layout.ts';

export interface StrikesView {
  readonly paint: Paint;
  readonly timeZone: string;
  /** Options that locate the deployment, for commands: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
}

/** What `chaos strikes` found. */
export interface Strikes {
  readonly active: readonly UndoEntry[];
  /** Newest first; undefined with --active. */
  readonly ended: readonly EndedUndo[] | undefined;
}

/** A policy is part of a command, and a part of a command is none. */
const maxCommand = 24_000;

export function strikesText({ active, ended }: Strikes, view: StrikesView): string {
  const { paint, flags } = view;
  // Whoever asks for no others may have no other way to end them.
  const isWhole = ended === undefined;
  const listed = isWhole ? active : active.slice(0, maxListed);
  return paragraphs([
    active.length === 0
      ? [paint(['bold', 'green'], 'No fault is active.')]
      : titled(paint(['bold', 'yellow'], `Active: ${counted(active.length, 'strike')}`), [
          ...listed.flatMap((entry) => activeLines(entry, isWhole, view)),
          ...more(active.length - listed.length),
        ]),
    active.length === 0
      ? []
      : [`To undo one now: ./chaos undo STRIKE${flags}; all of them: ./chaos undo --all${flags}`],
    titled(
      paint('bold', 'Ended, newest first'),
      (ended ?? []).map(({ entry, end, endedAt }) =>
        inZone(`  ${entry.id}  ${end} ${endedAt}  ${about(entry)}`, view.timeZone),
      ),
    ),
  ]);
}

function activeLines(entry: UndoEntry, isWhole: boolean, { paint, timeZone, flags }: StrikesView): Section {
  const { id, state, failingSince, problem, byHand } = entry;
  const isTrouble = state === 'contested' || failingSince !== undefined;
  return [
    `  ${paint(isTrouble ? ['bold', 'red'] : 'bold', id)}  ${state}  ${about(entry)}`,
    `    ${inZone(endText(entry), timeZone)}`,
    ...(problem === undefined ? [] : [`    ${line(problem)}`]),
    ...(isTrouble || isWhole ? byHandLines(byHand, '    ') : []),
    ...(isTrouble ? [`    Once it is as it should be: ./chaos undo ${id} --accept${flags}`] : []),
  ];
}

function byHandLines(commands: readonly string[], indent: string): Section {
  return [
    `${indent}By hand, with credentials of its account:`,
    ...commands.map((command) => `${indent}  ${oneLine(command, maxCommand)}`),
  ];
}

function about({ fault, target, group }: Pick<UndoEntry, 'fault' | 'target' | 'group'>): string {
  return `${fault.name} on ${line(target.id)}  ${line(group)}`;
}

const endTexts = {
  aws: 'AWS ends it then',
  target: 'it ends by itself then',
  schedule: 'a schedule in its account ends it at',
} as const;

function endText({ state, deadline, selfExpiry: { by, at } }: UndoEntry): string {
  if (state === 'contested') return contestedEndText;
  return `until ${deadline}; if nobody undoes it: ${endTexts[by]}${by === 'schedule' ? ` ${at}` : ''}`;
}

const outcomes = {
  waits: ['warn', 'waits'],
  active: ['warn', 'active'],
  contested: ['bad', 'contested'],
  failing: ['bad', 'NOT UNDONE'],
} as const;
const styles = { good: ['bold', 'green'], warn: ['bold', 'yellow'], bad: ['bold', 'red'] } as const;

/** What `chaos undo` came to. */
export function undoText({ strikes, open, failures }: UndoRound, { paint, flags }: StrikesView): string {
  return paragraphs([
    failures.filter((one) => !isOfStrike(one)).map(({ message }) => paint(['bold', 'yellow'], line(message))),
    strikes.flatMap((strike) => {
      const isEnded = strike.outcome === 'ended';
      const [end = '', ...rest] = strike.text.split(': ');
      const [tone, word] = isEnded ? (['good', end] as const) : outcomes[strike.outcome];
      const said = isEnded ? rest.join(': ') : strike.text;
      const text = said === '' ? '' : `: ${line(said)}`;
      return [
        `${paint([...styles[tone]], word)}  ${strike.id}  ${about(strike)}${text}`,
        ...(tone === 'bad' ? byHandLines(strike.byHand, '  ') : []),
        ...(tone === 'bad'
          ? [`  Once it is as it should be: ./chaos undo ${shellWord(strike.id)} --accept${flags}`]
          : []),
      ];
    }),
    [
      open === 0
        ? 'No fault is active any more.'
        : `Still open: ${counted(open, 'strike')}. See: ./chaos strikes --active${flags}`,
    ],
  ]);
}
