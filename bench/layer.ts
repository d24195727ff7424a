import { readFileSync } from 'node:fs';
import { encodeFailures } from '#layer/failures.ts';
import { type FunctionParts, ricAvailable, startFunction } from '../test/layer/support/start-function.ts';

/**
 * What the failure layer costs a function, under Lambda's runtime client for Node 24 with a stub of the Runtime API on loopback:
 * `.ci/build-ric && npx node bench/layer.ts [ROUNDS]`. The variants take turns, so that the machine's load affects all of them.
 */
const rounds = Number(process.argv[2] ?? 6);
const warmUp = 200;
const invocations = 2_500;

/** One that needs nothing, and one that has loaded what any function that calls AWS has. */
const functions = {
  'an empty function': { 'index.mjs': 'export const handler = async () => ({});' },
  'one that has loaded node:https': {
    'index.mjs': "import 'node:https';\nimport 'node:crypto';\nexport const handler = async () => ({});",
  },
};
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

async function measure(parts: FunctionParts): Promise<Round> {
  await using target = await startFunction({ time: 'real', ...parts });
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
const rows = Object.entries(functions).flatMap(([what, files]) =>
  Object.entries(variants).map(([variant, parts]) => ({
    what,
    variant,
    parts: { files, ...parts },
    taken: [] as Round[],
  })),
);
// The first round fills caches.
for (let round = 0; round <= rounds; round += 1) {
  for (const { parts, taken } of rows) {
    const measured = await measure(parts);
    if (round > 0) taken.push(measured);
  }
}
const columns = ['p50', 'p99', 'init', 'rss'] as const;
console.log(
  `medians of ${rounds} rounds of ${invocations} invocations, in ms and MB, and over those without the layer`,
);
for (const { what, variant, taken } of rows) {
  const first = rows.find((row) => row.what === what);
  const cells = columns.map((column) => {
    const own = median(taken.map((round) => round[column]));
    const without = median((first?.taken ?? []).map((round) => round[column]));
    return `${column} ${own.toFixed(column === 'p50' ? 3 : 1).padStart(6)} x${(own / without).toFixed(3)}`;
  });
  console.log(`${`${what}, ${variant}`.padEnd(66)} ${cells.join('  ')}`);
}
