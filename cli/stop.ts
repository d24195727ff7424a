import { Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { monkeyName } from '#lib/outputs.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { whoCalls } from './shared/caller.ts';
import { CliError } from './shared/cli-error.ts';
import { deployedLedger } from './shared/deployment.ts';
import { Place, regionOf, withPlace } from './shared/place.ts';
import type { Surroundings } from './shared/surroundings.ts';

const StopOptions = Place.extend({ reason: z.string() }).strict();
type StopOptions = z.infer<typeof StopOptions>;

const lastResort = `aws lambda put-function-concurrency --function-name ${monkeyName} --reserved-concurrent-executions 0 --region REGION`;

const help = `
From then on no strike is begun, neither by a run under way nor by a later one, until: npx chaos resume
What AWS has already been asked to do is not taken back.

Of the configuration only the master's region is read, so a mistake elsewhere in it does not matter. With
--region it is not read at all, and with --table the stack is not asked either.

If all fails, throttle the function; to undo, delete-function-concurrency:
  ${lastResort}
`;

export function stopCommand(surroundings: Surroundings): Command {
  return withPlace(new Command('stop'))
    .description('end all strikes, now')
    .requiredOption('--reason <text>', 'for whoever finds it stopped', nonEmpty)
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

async function stop({ reason, table, ...place }: StopOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, clock, cwd } = surroundings;
  const region = await regionOf(place, cwd);
  const [by, { ledger, tableName }] = await Promise.all([
    // A stop by an unknown is better than none.
    whoCalls(surroundings, region).then(
      ({ arn }) => arn,
      () => 'an unknown caller',
    ),
    deployedLedger({ region, tableName: table }, surroundings),
  ]);
  await ledger.setStop({ reason, by, at: new Date(clock.now()).toISOString() });
  terminal.out(`STOPPED. No strike is begun any more (table ${tableName} in ${region}).`);
  terminal.out('To let it go on: npx chaos resume');
}

function nonEmpty(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('Expected a few words.');
}
