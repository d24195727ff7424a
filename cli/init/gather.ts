import { Temporal } from 'temporal-polyfill';
import { Schedule } from '#core/calendar/schedule.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { bestEffort } from '../context/within.ts';
import { getCallerIdentity } from '../deployed/caller-identity.ts';
import { type Answers, validateConfig } from './answers.ts';
import { ask, type Offered } from './ask.ts';

/** Completes the options by asking questions. Throws if nobody is at the terminal. */
export async function gather(given: Answers, context: CliContext): Promise<Answers> {
  const { prompt, terminal } = context;
  const missing = missingOptions(given);
  if (missing.length === 0) return { ...given, timeZone: given.timeZone ?? localTimeZone() };
  if (prompt === undefined) {
    throw new CliError(
      `There is no terminal for questions. Pass ${missing.join(', ')}.\n  See: ./chaos init --help`,
      exitCodes.badUsage,
    );
  }
  // Checked before asking, so that nobody answers questions in vain.
  validateConfig(given, 'not-made-yet');
  try {
    return await ask(given, await offered(context), { prompt, terminal });
  } finally {
    prompt.close();
  }
}

/** A single account is also the master; with several, the master must be named. */
function missingOptions({ accounts, regions, masterAccount }: Answers): readonly string[] {
  return [
    ...(accounts === undefined ? ['--account'] : []),
    ...(regions === undefined ? ['--region'] : []),
    ...(masterAccount === undefined && new Set(accounts).size > 1 ? ['--master-account'] : []),
  ];
}

/** Collects default answers. Without credentials or a network there is no default account. */
async function offered(context: CliContext): Promise<Offered> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = context.env;
  const region = AWS_REGION ?? AWS_DEFAULT_REGION;
  const caller = await bestEffort((giveUp) => getCallerIdentity(context, region ?? 'us-east-1', giveUp));
  return { account: caller?.account, region, timeZone: localTimeZone() };
}

function localTimeZone(): string {
  const timeZone = Temporal.Now.timeZoneId();
  return Schedule.safeParse({ timeZone }).success ? timeZone : 'UTC';
}
