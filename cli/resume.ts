import { Command } from 'commander';
import { stopText } from './render/status.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { deployedLedger } from './shared/deployment.ts';
import { Place, regionOf, withPlace } from './shared/place.ts';
import type { Surroundings } from './shared/surroundings.ts';

export function resumeCommand(surroundings: Surroundings): Command {
  return withPlace(new Command('resume'))
    .description('lift the stop')
    .action(async (given: unknown) => resume(Place.strict().parse(given), surroundings));
}

async function resume(options: Place, surroundings: Surroundings): Promise<void> {
  const { terminal, cwd } = surroundings;
  const region = await regionOf(options, cwd);
  const { ledger } = await deployedLedger({ region, tableName: options.table }, surroundings);
  try {
    const stop = await ledger.stop();
    if (stop === undefined) {
      terminal.out('No stop was set. Nothing has changed.');
      return;
    }
    await ledger.setStop(undefined);
    terminal.out(`Lifted: ${stopText(stop)}`);
    terminal.out('The next run may strike again.');
  } catch (error) {
    throw awsTrouble(error, 'lift the stop');
  }
}
