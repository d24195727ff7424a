import { simulateExperimentSeed } from '/work/wt/exp-proof/test/experiment-histories/simulate-experiment-seed.ts';

const [from, to] = process.argv.slice(2).map(Number);
const total: Record<string, number> = {};
const t = performance.now();
for (let s = from!; s <= to!; s++) {
  const t1 = performance.now();
  try {
    const h = await simulateExperimentSeed(s);
    for (const [k, v] of Object.entries(h.counts)) total[k] = (total[k] ?? 0) + v;
    if (process.argv[4]) console.log(h.lines.join('\n'));
  } catch (e) {
    const m = (e as Error).message;
    console.log(
      process.argv[4]
        ? (e as Error).stack + String((e as any).cause?.stack)
        : m.split('\n')[0] +
            ' | ' +
            m
              .split('\n')
              .slice(1)
              .filter((l) => !l.includes('{'))
              .slice(-4)
              .join(' || '),
    );
  }
  if (performance.now() - t1 > 2000) console.log('slow', s, performance.now() - t1);
}
console.log(total, performance.now() - t);
