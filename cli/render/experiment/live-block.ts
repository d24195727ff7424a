import type { LiveProbe } from '#core/experiment/engine/ports.ts';
import { oddsText, partText } from '#core/experiment/wording/numbers.ts';
import type { ExperimentProgress } from '#core/reports/experiment-progress.ts';
import { columns } from '../columns.ts';
import { line } from '../layout.ts';
import { type LivePhase, liveText, type ProbeNow, whereText } from './live.ts';

const gap = 2;
const shortestName = 8;

/**
 * Where an experiment is, and a line for each probe, for a screen that is rewritten. `names`: of all probes in the order of the file, the
 * judged ones first.
 */
export function liveBlock(
  seen: readonly LiveProbe[],
  names: readonly string[],
  now: number,
  width: number,
): string {
  const last = seen.at(-1);
  if (last === undefined) return liveText(seen, now, false);
  const inOrder = seen.toSorted((a, b) => names.indexOf(a.probe) - names.indexOf(b.probe));
  return blockText(last, inOrder, now, width);
}

/** The same of what an experiment in AWS told last, which is without its file: the judged ones first, by name. */
export function progressBlock(progress: ExperimentProgress, width: number): string {
  const probes = progress.probes.toSorted(
    (a, b) => Number(isObserved(a)) - Number(isObserved(b)) || (a.probe < b.probe ? -1 : 1),
  );
  const more = progress.more === 0 ? [] : [`  and ${progress.more} more`];
  return [blockText(progress, probes, progress.at, width), ...more].join('\n');
}

function blockText(phase: LivePhase, probes: readonly ProbeNow[], now: number, width: number): string {
  const rows = probes.map((probe) => [line(probe.probe), seenText(probe), evidenceText(probe)] as const);
  const widest = (column: 1 | 2) => Math.max(0, ...rows.map((row) => row[column].length));
  // The last column of a screen stays free: some go to the next line after it.
  const room = width - 1 - gap - widest(1) - gap - widest(2) - gap;
  const named = rows.map(([name, ...others]) => [shortened(name, Math.max(shortestName, room)), ...others]);
  return [whereText(phase, now), ...columns(named, ' '.repeat(gap))].join('\n');
}

function seenText({ bad, measured }: ProbeNow): string {
  return `${partText(bad, measured)} bad`;
}

function evidenceText({ odds, bound, why }: ProbeNow): string {
  if (why !== undefined) return 'deviated';
  if (odds === undefined || bound === undefined) return '';
  return `${oddsText(odds)}; ${oddsText(bound)} is enough`;
}

function isObserved({ odds, bound }: ProbeNow): boolean {
  return odds === undefined || bound === undefined;
}

function shortened(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 3)}...`;
}
