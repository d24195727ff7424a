import { Command } from 'commander';
import * as z from 'zod';
import { monkeyName } from '#lib/outputs.ts';
import { said } from './render/said.ts';
import { aFewWords, reasonHelp } from './shared/a-few-words.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { whoCalls } from './shared/caller.ts';
import { CliError, exitCodes } from './shared/cli-error.ts';
import { type Deployment, deployedLedger } from './shared/deployment.ts';
import { accountsText } from './shared/master-account.ts';
import { PlaceOptions, placeFlags, placeOf, withPlace } from './shared/place.ts';
import { soon } from './shared/soon.ts';
import type { Surroundings } from './shared/surroundings.ts';
import { underWay } from './shared/under-way.ts';

const StopOptions = PlaceOptions.extend({ reason: z.string() }).strict();
type StopOptions = z.infer<typeof StopOptions>;

const lastResort = `aws lambda put-function-concurrency --function-name ${monkeyName} --reserved-concurrent-executions 0 --region REGION`;

const help = `
From then on no strike is claimed, neither by a run under way nor by a later one, until: ./chaos resume
${underWay}
What AWS has already been asked to do is not taken back.

Of the configuration only the master's region and account are read, so a mistake elsewhere in it does not
matter. With --region it is not needed, and with --table the stack is not asked. Where your credentials are
for another account than the configuration's, what is there is stopped all the same, and the exit code is 1.

If all fails, throttle the function; to undo, delete-function-concurrency:
  ${lastResort}
`;

export function stopCommand(surroundings: Surroundings): Command {
  return withPlace(new Command('stop'))
    .description('end all strikes, now')
    .requiredOption('--reason <text>', reasonHelp('whoever finds it stopped'), aFewWords)
    .addHelpText('after', help)
    .action(async (given: unknown) => {
      try {
        await stop(StopOptions.parse(given), surroundings);
      } catch (error) {
        const { message, exitCode } = awsTrouble(error, 'set the stop');
        throw new CliError(`NOT STOPPED. ${message}\nIf all fails: ${lastResort}`, exitCode, error);
      }
    });
}

async function stop({ reason, table, ...options }: StopOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, clock, cwd, finish } = surroundings;
  const { region, account: master } = await placeOf(options, cwd);
  const [caller, { ledger, tableName, replaced }] = await Promise.all([
    // A stop by an unknown is better than none.
    soon((giveUp) => whoCalls(surroundings, region, giveUp)),
    deployedLedger({ region, tableName: table }, surroundings).then(async (found) => ({
      ...found,
      replaced: await soon(() => standingStopText(found)),
    })),
  ]);
  await ledger.setStop({
    reason,
    by: caller?.arn ?? 'an unknown caller',
    at: new Date(clock.now()).toISOString(),
  });

  const account = caller?.account ?? 'that is not known: AWS did not say whose credentials these are';
  terminal.out(
    `STOPPED. No strike is claimed any more (table ${tableName} in ${region}, account ${account}).`,
  );
  terminal.out(underWay);
  terminal.out(replaced ?? 'Whether it replaces an earlier stop is not known.');
  if (caller !== undefined && master !== undefined && caller.account !== master) {
    terminal.note(
      `WRONG ACCOUNT? ${accountsText(caller.account, master)}\n` +
        `  Stopped is what is deployed in ${caller.account}. What is deployed in ${master} is NOT STOPPED.`,
    );
    finish(exitCodes.failed);
  }
  terminal.out(`To let it go on: ./chaos resume${placeFlags({ ...options, table })}`);
}

/** A second stop takes the first one's place, and the first one's reason may still hold. */
async function standingStopText({ ledger, configuration }: Deployment): Promise<string> {
  const standing = await ledger.stop();
  return standing === undefined
    ? 'No stop was set before.'
    : `It replaces this stop: ${said(standing, configuration?.schedule.timeZone)}`;
}
