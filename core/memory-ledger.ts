import { fitForRecord } from './fit-report.ts';
import type { Claim, Ledger, Stop, StrikeRecord } from './ports.ts';
import type { RunReport } from './report.ts';

/**
 * A ledger that lives as long as the process: for tests, the embedded AWS, and runs that are told to use one. Nothing in it
 * waits, so every method is atomic, whoever else calls.
 */
export function memoryLedger({ newSecret }: { readonly newSecret: () => string }): Ledger {
  let secret: string | undefined;
  let stop: Stop | undefined;
  const claims = new Map<string, Claim | StrikeRecord>();
  const runs = new Map<string, RunReport>();

  return {
    control: async () => {
      secret ??= newSecret();
      return { secret, stop };
    },
    setStop: async (wanted) => {
      stop = wanted;
    },
    stop: async () => stop,
    claim: async (claim) => {
      if (stop !== undefined) return { status: 'stopped' };
      const standing = claims.get(keyOf(claim));
      if (standing !== undefined) return { status: 'taken', standing };
      claims.set(keyOf(claim), claim);
      return { status: 'claimed' };
    },
    recordStrike: async (record) => {
      const standing = claims.get(keyOf(record));
      if (standing?.runId !== record.runId) {
        throw new Error(`no claim of run ${record.runId} stands for ${record.group} in slot ${record.slot}`);
      }
      claims.set(keyOf(record), record);
    },
    recordRun: async (report) => {
      runs.set(report.runId, fitForRecord(report));
    },
    recentRuns: async (limit) =>
      [...runs.values()].sort((a, b) => (a.runId < b.runId ? 1 : -1)).slice(0, limit),
  };
}

function keyOf({ slot, group }: Claim): string {
  return JSON.stringify([slot, group]);
}
