import { simulateExperimentSeed } from './simulate-experiment-seed.ts';
for (let s = Number(process.argv[2]); s <= Number(process.argv[3]); s++) { const h = await simulateExperimentSeed(s).catch((e) => ({ lines: [String(e.message).split('\n')[0]] })); console.log(s, h.lines.filter((l) => /the experiment (ended|died)|Violation|seed/.test(l)).join(' ## ').slice(0, 230)); }
