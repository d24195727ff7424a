// Plain JavaScript, so that the memory of Node's type stripping (more than 20 MB) is not counted as the function's.
// Makes one leashed run of the bundled function over the network, with logging, and sends the measurements
// (HttpSweep in sweep-over-http.ts) to the parent process.
const [bundle, accounts] = process.argv.slice(2);
const { handler } = await import(bundle);

const cpu = process.cpuUsage();
const startedAt = performance.now();
const report = await handler({}, { awsRequestId: 'bench', getRemainingTimeInMillis: () => 900_000 });
const wallMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpu);
if (report.counts.regionsSurveyed !== Number(accounts) * 2 || report.counts.failures > 0) {
  throw new Error(`the sweep was incomplete: ${JSON.stringify([report.counts, report.failures[0]])}`);
}
process.send({
  accounts: Number(accounts),
  groups: report.counts.groups,
  wallMs,
  cpuMsPerAccountRegion: (user + system) / 1_000 / report.counts.regionsSurveyed,
  peakMemoryMb: process.resourceUsage().maxRSS / 1_024,
});
