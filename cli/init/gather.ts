import { Temporal } from 'temporal-polyfill';
import { Schedule } from '#core/calendar/schedule.ts';
import { bestEffort } from '../context/best-effort.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { getCallerIdentity } from '../deployed/caller-identity.ts';
import { type Answers, validateConfig } from './answers.ts';
import { ask, type Offered } from './ask.ts';

/** The options, and what they leave open asked of whoever is there. Throws where nobody is. */
export async function gather(given: Answers, context: CliContext): Promise<Answers> {
  const { prompt, terminal } = context;
  const missing = missingOptions(given);
  if (missing.length === 0) return { timeZone: localTimeZone(), ...given };
  if (prompt === undefined) {
    throw new CliError(
      `Nobody is there to be asked. Give ${missing.join(', ')}.\n  See: ./chaos init --help`,
      exitCodes.badUsage,
    );
  }
  // Nobody should answer questions in vain.
  validateConfig(given, 'not-made-yet');
  try {
    return await ask(given, await offered(context), { prompt, terminal });
  } finally {
    prompt.close();
  }
}

/** One account is the master's as well; of several it must be said. */
function missingOptions({ accounts, regions, masterAccount }: Answers): readonly string[] {
  return [
    ...(accounts === undefined ? ['--account'] : []),
    ...(regions === undefined ? ['--region'] : []),
    ...(masterAccount === undefined && new Set(accounts).size > 1 ? ['--master-account'] : []),
  ];
}

/** Without credentials, or without a network, there is no account to offer, and it goes on. */
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
