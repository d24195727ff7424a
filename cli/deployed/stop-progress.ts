import { knownRegions } from '#core/config/known-regions.ts';
import { durationText } from '#core/util/format.ts';
import { isUnknownHost } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { NotFound } from '../context/not-found.ts';

/** What is known so far about a stop in progress, for messages if it fails. */
export interface StopProgress {
  reason?: string;
  region?: string | undefined;
  table?: string | undefined;
  profile?: string | undefined;
  /** The master account, if the configuration names it. */
  account?: string | undefined;
  /** Whether the stop may have been set despite a failure. */
  mayBeSet(): boolean;
}

/** After this time, other ways to stop are printed, whatever the command is waiting for. */
const meanwhileMs = 5_000;
/** After this time it gives up. Every call has its own limit, but there are several calls, with retries. */
const deadlineMs = 20_000;

/** Does what stops, and gives up at the deadline or on Ctrl-C. `meanwhile`: what to tell whoever is kept waiting. */
export async function inTime<Value>(
  stop: () => Promise<Value>,
  meanwhile: () => string,
  { terminal, onInterrupt }: Pick<CliContext, 'terminal' | 'onInterrupt'>,
): Promise<Value> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const giveUp = (why: string) => reject(new CliError(why, exitCodes.failed));
  const stopListening = onInterrupt(() => giveUp('Interrupted.'));
  const timers = [
    setTimeout(() => terminal.note(meanwhile()), meanwhileMs),
    setTimeout(() => giveUp(`Gave up after ${durationText(deadlineMs)}.`), deadlineMs),
  ];
  try {
    return await Promise.race([stop(), givenUp]);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    stopListening();
  }
}

/** Commands printed for pasting must not contain what was just not found. */
export function forgetNotFound(error: unknown, progress: StopProgress): void {
  if (error instanceof NotFound && error.what === 'profile') progress.profile = undefined;
  if (error instanceof NotFound && error.what === 'table') progress.table = undefined;
  const { region = '' } = progress;
  // A host that cannot be resolved may also mean that the network is down.
  if (isUnknownHost(error) && !knownRegions.includes(region)) progress.region = undefined;
}
