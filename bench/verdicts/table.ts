import type { Cell, Goal } from './cells.ts';
import { percent } from './percent.ts';
import { type RuleName, ruleNames } from './rules.ts';

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const headOfCells = ['', 'goal', ...ruleNames];

export function rowOf(cell: Cell, measured: Readonly<Record<RuleName, number>>): readonly string[] {
  return [...headingOf(cell), ...ruleNames.map((name) => textOf(cell.measure, measured[name]))];
}

/** What a row says before anything was measured. */
export function headingOf({ what, measure, goal }: Cell): readonly [what: string, goal: string] {
  return [what, goalText(measure, goal)];
}

export function goalText(measure: Cell['measure'], goal: Goal | undefined): string {
  if (goal === undefined) return '';
  const [words, value] = 'atMost' in goal ? ['at most', goal.atMost] : ['at least', goal.atLeast];
  return `${words} ${textOf(measure, value)}`;
}

export function isMet(goal: Goal | undefined, measured: number): boolean {
  if (goal === undefined) return true;
  return 'atMost' in goal ? measured <= goal.atMost : measured >= goal.atLeast;
}

function textOf(measure: Cell['measure'], value: number): string {
  if (measure !== 'samples') return percent(value);
  return Number.isFinite(value) ? `${value} sample${value === 1 ? '' : 's'}` : 'never';
}
