import { type Answer, FailureReader } from '#layer/failure-reader.ts';
import { encodeFailures } from '#layer/failures.ts';

export const begin = Date.parse('2026-11-25T10:00:00Z');
export const second = 1_000;

function at(seconds: number): string {
  return new Date(begin + seconds * second).toISOString();
}

/** The text of a strike that lasts until then. */
export function strike(id: string, until: number): string {
  return encodeFailures({ strike: id, expiresAt: at(until), exception: { enabled: true } });
}

/** A reader on a clock of ours, and the reads it has begun. */
export function aReader({
  random = 0.5,
  onChange = (_) => {},
  pollMs,
}: {
  readonly random?: number;
  readonly onChange?: (strike: string | undefined) => void;
  readonly pollMs?: number;
} = {}) {
  let now = begin;
  const reads: PromiseWithResolvers<Answer>[] = [];
  const timers: { at: number; work: () => void }[] = [];
  const changes: (string | undefined)[] = [];
  const log: string[] = [];
  const reader = new FailureReader({
    read: () => {
      const read = Promise.withResolvers<Answer>();
      reads.push(read);
      return read.promise;
    },
    now: () => now,
    random: () => random,
    pollMs,
    later: (ms, work) => timers.push({ at: now + ms, work }),
    log: (line) => log.push(line),
    onChange: (active) => {
      changes.push(active?.strike);
      onChange(active?.strike);
    },
  });
  const settled = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return {
    reader,
    reads,
    changes,
    log,
    strike: () => reader.current()?.strike,
    /** The last read ends like this. */
    answer: async (value: string | undefined, sentAt = Number.NaN) => {
      reads.at(-1)?.resolve({ value, sentAt });
      await settled();
    },
    fail: async (message: string) => {
      reads.at(-1)?.reject(new Error(message));
      await settled();
    },
    /** Time passes while the environment is frozen. */
    sleep: (seconds: number) => {
      now += seconds * second;
    },
    /** Time passes, with timers. */
    run: async (seconds: number) => {
      const until = now + seconds * second;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = Math.max(now, next.at);
        next.work();
        await settled();
      }
      now = until;
    },
  };
}
