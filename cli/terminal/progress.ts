import { durationText } from '#core/util/format.ts';
import type { CliContext } from '../context/cli-context.ts';

/** Shorter work needs no progress line. */
const quietMs = 2_000;
const tickEveryMs = 250;

/** Shows progress on stderr for work that takes longer than two seconds. */
export interface Progress {
  /** May be called as often as you like. */
  tick(): void;
  end(): void;
}

/** `text` makes the line, given the elapsed time. */
export function startProgress(
  text: (elapsedMs: number) => string,
  { terminal, clock }: Pick<CliContext, 'terminal' | 'clock'>,
): Progress {
  const startedAt = clock.now();
  let next = startedAt + quietMs;
  return {
    tick: () => {
      const now = clock.now();
      if (now < next) return;
      next = now + terminal.progress.everyMs;
      terminal.progress.show(text(now - startedAt));
    },
    end: () => terminal.progress.clear(),
  };
}

/** The same for asynchronous work. */
export async function withProgress<Value>(
  work: Promise<Value>,
  text: (elapsedMs: number) => string,
  context: Pick<CliContext, 'terminal' | 'clock'>,
): Promise<Value> {
  const progress = startProgress(text, context);
  const timer = setInterval(progress.tick, tickEveryMs);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    progress.end();
  }
}

/** `12 % of 5,000 work days, about 40 s left`. */
export function shareText(done: number, of: number, what: string, elapsedMs: number): string {
  const share = of === 0 ? 1 : Math.min(1, done / of);
  const left = share === 0 ? '' : `, about ${durationText((elapsedMs / share) * (1 - share))} left`;
  return `${Math.floor(share * 100)} % of ${what}${left}`;
}
