import { type ConfigInput, parseConfig } from '#core/config/config.ts';
import { InvalidInput, type Mistake } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';

/** The choices for a new configuration, from options or from answers to questions. */
export interface Answers {
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly masterAccount?: string | undefined;
  readonly masterRegion?: string | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly timeZone?: string | undefined;
}

/** Builds the configuration from answers. Fills in what they leave open: the master from the first account and region. */
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

/** Lists what is wrong with a configuration; empty for a valid one. */
export function findMistakes(config: ConfigInput): readonly Mistake[] {
  try {
    parseConfig(config, faults);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.mistakes;
    throw error;
  }
}

/** Builds a configuration from answers. Throws a `CliError` that lists its mistakes. */
export function validateConfig(answers: Answers, externalId: string): ConfigInput {
  const config = buildConfig(answers, externalId);
  const mistakes = findMistakes(config);
  if (mistakes.length === 0) return config;
  throw new CliError(new InvalidInput('the new configuration', mistakes).message, exitCodes.badUsage);
}
