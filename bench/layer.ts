import { readFileSync } from 'node:fs';
import { encodeFailures } from '#layer/failures.ts';
import { type FunctionParts, ricAvailable, startFunction } from '../test/layer/support/start-function.ts';

/**
 * What the failure layer costs a function, under Lambda's runtime client for Node 24 with a stub of the Runtime API on loopback:
 * `.ci/build-ric && node bench/layer.ts [ROUNDS]`. The variants take turns, so that the machine's load affects all of them.
 */
const rounds = Number(process.argv[2] ?? 6);
const warmUp = 200;
const invocations = 2_500;

const files = { 'index.mjs': 'export const handler = async () => ({});' };
const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
const strike = encodeFailures({ strike: 'bench', expiresAt, latency: { enabled: true, percentage: 0 } });
const variants: Readonly<Record<string, Partial<FunctionParts>>> = {
  'no layer': { layer: 'none' },
  'layer, idle': {},
  'layer, a strike that hits nothing': { says: { value: strike } },
};

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly init: number;
  readonly rss: number;
}

async function measure(parts: Partial<FunctionParts>): Promise<Round> {
  await using target = await startFunction({ files, time: 'real', ...parts });
  const init = (await target.lambda.ready) - target.startedAt;
  if (parts.says !== undefined) await target.printed('injects');
  const times: number[] = [];
  for (let count = 0; count < warmUp + invocations; count += 1) {
    const { startedAt, endedAt } = await target.lambda.invoke({});
    if (count >= warmUp) times.push(endedAt - startedAt);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const rss =
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${target.pid}/status`, 'utf8'))?.[1]) / 1_024;
  return { p50: at(sorted, 0.5), p99: at(sorted, 0.99), init, rss };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return at(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

if (!ricAvailable()) {
  console.error('error: the runtime client is missing. Type: .ci/build-ric');
  process.exit(1);
}
const taken = Object.keys(variants).map(() => [] as Round[]);
// The first round fills caches.
for (let round = 0; round <= rounds; round += 1) {
  for (const [index, parts] of Object.values(variants).entries()) {
    const measured = await measure(parts);
    if (round > 0) taken[index]?.push(measured);
  }
}
const columns = ['p50', 'p99', 'init', 'rss'] as const;
console.log(`medians of ${rounds} rounds of ${invocations} invocations; ms, MB; and over the first row`);
for (const [index, name] of Object.keys(variants).entries()) {
  const cells = columns.map((column) => {
    const value = (rows: readonly Round[] = []) => median(rows.map((row) => row[column]));
    const own = value(taken[index]);
    return `${column} ${own.toFixed(3).padStart(8)} x${(own / value(taken[0])).toFixed(3)}`;
  });
  console.log(`${name.padEnd(34)} ${cells.join('  ')}`);
}
