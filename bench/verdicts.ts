import { baselines, rejectBaselines } from './verdicts/baselines.ts';
import { type Cell, detection, falseAlarms, type Goal, notPromised } from './verdicts/cells.ts';
import { noticesIn, sampleCounts, toleratedShares } from './verdicts/notices.ts';
import { percent } from './verdicts/percent.ts';
import { recoveries, simulateRecoveries } from './verdicts/recoveries.ts';
import { simulateCell } from './verdicts/simulate-cell.ts';
import { goalText, headOfCells, isMet, rowOf, table } from './verdicts/table.ts';

/** `npm run bench:verdicts [-- RUNS]`: how often verdicts are right, as tables for docs/verdicts.md. Exits 1 if a goal is missed. */
const runs = Number(process.argv[2] ?? 4_000);
if (!Number.isSafeInteger(runs) || runs < 1) throw new RangeError(`not a number of runs: ${process.argv[2]}`);

console.log(`${runs} experiments a row, seed 1.\n`);
printCells('False alarms', falseAlarms);
printCells('Detection', detection);
printCells('Not promised', notPromised);

console.log('\n### Baselines\n');
const rows = baselines.map((row) => {
  const { byEvidence, all } = rejectBaselines(row, runs);
  return [`${percent(row.bad)} bad`, percent(byEvidence), percent(all)];
});
console.log(table(['60 s at 5/s, 5 % allowed', 'by evidence alone', 'not-steady'], rows));

console.log('\n### Recoveries\n');
const played = recoveries.map((row) => ({ row, found: simulateRecoveries(row, runs) }));
console.log(
  table(
    ['', 'goal', 'deviated', 'inconclusive', 'share above p'],
    played.map(({ row: { what, goal }, found }) => {
      const shares = [found.deviated, found.inconclusive, found.byShare];
      return [what, goalText('alarms', goal), ...shares.map(percent)];
    }),
  ),
);
for (const { row, found } of played) tellMissed(row, found.deviated);

console.log('\n### What it notices\n');
const counts = sampleCounts.map((samples) => [
  samples.toLocaleString('en-US'),
  ...toleratedShares.map((tolerated) => noticesIn(samples, tolerated)),
]);
console.log(table(['samples', ...toleratedShares.map((share) => `${percent(share)} allowed`)], counts));

function printCells(title: string, cells: readonly Cell[]): void {
  const measured = cells.map((cell) => ({ cell, by: simulateCell(cell, runs) }));
  console.log(`\n### ${title}\n`);
  console.log(
    table(
      headOfCells,
      measured.map(({ cell, by }) => rowOf(cell, by)),
    ),
  );
  for (const { cell, by } of measured) tellMissed(cell, by.ours);
}

function tellMissed({ what, goal }: { readonly what: string; readonly goal?: Goal }, measured: number): void {
  if (isMet(goal, measured)) return;
  console.error(`missed: ${what}: ${measured}`);
  process.exitCode = 1;
}
