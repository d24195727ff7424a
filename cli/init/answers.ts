import { type ConfigInput, parseConfig } from '#core/config/config.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** What is said of a new configuration, by options or in answer to questions. */
export interface Answers {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly masterAccount?: string;
  readonly masterRegion?: string;
  readonly emails?: readonly string[];
  readonly timeZone?: string;
}

/** The configuration that answers make. What they leave open is filled in: the master from the first account and region. */
export function buildConfig(answers: Answers, externalId: string): ConfigInput {
  const { masterAccount, masterRegion, emails = [], timeZone = 'UTC' } = answers;
  const { accounts = [masterAccount ?? '111111111111'], regions = [masterRegion ?? 'us-east-1'] } = answers;
  return {
    master: { account: masterAccount ?? accounts[0] ?? '', region: masterRegion ?? regions[0] ?? '' },
    accounts: [...accounts],
    regions: [...regions],
    externalId,
    leashed: true,
    schedule: { timeZone, days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '16:00' },
    faults: ['ec2-terminate'],
    notifications: { emails: [...emails] },
  };
}

/** What is wrong with a configuration; empty for one that commands would take. */
export function findMistakes(config: ConfigInput): readonly Mistake[] {
  try {
    parseConfig(config, faults);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes;
    throw error;
  }
}

/** The configuration that answers make. Throws a `CliError` that names what is wrong with it. */
export function validateConfig(answers: Answers, externalId: string): ConfigInput {
  const config = buildConfig(answers, externalId);
  const mistakes = findMistakes(config);
  if (mistakes.length === 0) return config;
  throw new CliError(new InvalidInput('the new configuration', mistakes).message, exitCodes.badUsage);
}
