import { HostDenial } from './deny-hosts.ts';
import { FailureReader } from './failure-reader.ts';
import type { Failures } from './failures.ts';
import { DiskFill } from './fill-disk.ts';
import { getParameter } from './get-parameter.ts';
import type { Injector } from './inject.ts';
import { log } from './log.ts';
import { pollVariable } from './parameter.ts';
import { shareAnswers } from './share-answers.ts';

const maxTimer = 2 ** 31 - 1;

/** Starts to read the parameter, and does what concerns the whole environment. What is done to one invocation is the injector's. */
export function startLayer(
  parameter: string,
  { folder, isThread }: { readonly folder: string; readonly isThread: boolean },
): Injector {
  const environment = { ...process.env };
  const disk = new DiskFill(folder, isThread);
  if (!isThread) disk.removeLeftover();
  const denial = new HostDenial();
  const reader = new FailureReader({
    read: async () => {
      const answer = await getParameter(parameter, {
        environment,
        lookup: denial.lookup,
        connected: (socket) => denial.exempt(socket),
      });
      tell(answer);
      return answer;
    },
    now: Date.now,
    random: Math.random,
    pollMs: pollMsIn(environment),
    later: (ms, work) => setTimeout(work, Math.min(ms, maxTimer)).unref(),
    log,
    onChange: (active) => {
      log(active === undefined ? 'nothing is injected any more' : describe(active));
      const { denylist, diskspace } = active ?? {};
      denial.deny(denylist?.enabled === true ? (denylist.deny_list ?? []) : []);
      disk.fill(diskspace?.enabled === true ? (diskspace.disk_space ?? 100) : 0);
    },
  });
  const tell = isThread ? shareAnswers((answer) => reader.take(answer)) : () => {};
  denial.install();
  // Begun now and not waited for: it is there for the first invocation, or it is not.
  setImmediate(() => reader.current());
  return {
    current: () => reader.current(),
    random: Math.random,
    now: () => performance.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

function pollMsIn({ [pollVariable]: text = '' }: NodeJS.ProcessEnv): number | undefined {
  return /^[1-9]\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function describe({ strike, expiresAt, ...flags }: Failures): string {
  const enabled = Object.entries(flags).flatMap(([name, flag]) => (flag?.enabled ? [name] : []));
  return `strike ${JSON.stringify(strike)} injects ${enabled.join(', ') || 'nothing'} until ${expiresAt}`;
}
