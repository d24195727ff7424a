import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { coldStart } from './cold-start.ts';
import { millionGroupDays } from './million-group-days.ts';
import { sweepOnSandbox } from './sweep-on-sandbox.ts';
import { sweepOverHttp } from './sweep-over-http.ts';

/** `npm run bench`: every benchmark once, as a table and in dist/bench.json. */
const accounts = 1_000;

// Warms up, so that compilation is not measured.
await sweepOnSandbox(20);
const sweep = await sweepOnSandbox(accounts);
const http = await sweepOverHttp(accounts);
const start = await coldStart();
const simulation = millionGroupDays();

const rows: readonly (readonly [what: string, measured: string, aim: string])[] = [
  [
    `sweep, ${sweep.groups} groups, ${sweep.concurrency} calls in flight, 50 ms each`,
    `${seconds(sweep.wallMs)}`,
    '',
  ],
  ['  its bound: calls x latency / calls in flight', seconds(sweep.boundMs), ''],
  ['  wall time over the bound', sweep.wallOverBound.toFixed(3), 'at most 1.15'],
  ['  calls an account-region', sweep.callsPerAccountRegion.toFixed(2), ''],
  [
    `sweep over HTTP, ${http.groups} groups: CPU an account-region`,
    `${http.cpuMsPerAccountRegion.toFixed(2)} ms`,
    '',
  ],
  ['  peak memory of the process', `${http.peakMemoryMb.toFixed(0)} MB`, 'at most 256 MB'],
  ['bundle', `${start.bundleMb.toFixed(2)} MB`, 'under 1.5 MB'],
  ['process start to ready handler, median', `${start.readyMs.toFixed(0)} ms`, ''],
  ['  Node alone', `${start.nodeAloneMs.toFixed(0)} ms`, ''],
  ['simulation of a million group-days', seconds(simulation.wallMs), ''],
  ['  deviation of the mean gap', `${simulation.deviationPercent.toFixed(2)} %`, 'within 1 %'],
];
const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, measured, aim] of rows) {
  console.log(`${what.padEnd(width)}  ${measured.padStart(10)}  ${aim}`);
}

mkdirSync('dist', { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
writeFileSync('dist/bench.json', `${JSON.stringify({ machine, sweep, http, start, simulation }, null, 2)}\n`);
console.log('\nwritten to dist/bench.json');

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
