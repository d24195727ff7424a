import type { RunReport } from '#core/reports/run-report.ts';
import type { Monkey } from '#lambdas/chaos-monkey/monkey.ts';
import type { HttpSweep } from './sweep-over-http.ts';

/** Makes one leashed run of the bundled function over the network, with logging, and sends the measurements to the parent process. */
const [bundle = '', accounts = ''] = process.argv.slice(2);
const { handler }: { handler: Monkey } = await import(bundle);

const cpu = process.cpuUsage();
const startedAt = performance.now();
const report = (await handler(
  {},
  { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 },
)) as RunReport;
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpu);
if (report.counts.regionsSurveyed !== Number(accounts) * 2 || report.counts.failures > 0) {
  throw new Error(`the sweep was incomplete: ${JSON.stringify([report.counts, report.failures[0]])}`);
}
const measured: HttpSweep = {
  accounts: Number(accounts),
  groups: report.counts.groups,
  wallMs,
  cpuMsPerAccountRegion: (user + system) / 1_000 / report.counts.regionsSurveyed,
  peakMemoryMb: process.resourceUsage().maxRSS / 1_024,
};
process.send?.(measured);
