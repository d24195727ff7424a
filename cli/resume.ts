import { Command } from 'commander';
import { said } from './render/said.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { deployedLedger } from './shared/deployment.ts';
import { mustCallFromMaster } from './shared/master-account.ts';
import { PlaceOptions, placeOf, withPlace } from './shared/place.ts';
import type { Surroundings } from './shared/surroundings.ts';

export function resumeCommand(surroundings: Surroundings): Command {
  return withPlace(new Command('resume'))
    .description('lift the stop')
    .action(async (given: unknown) => resume(PlaceOptions.strict().parse(given), surroundings));
}

async function resume(options: PlaceOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, cwd } = surroundings;
  const place = await placeOf(options, cwd);
  await mustCallFromMaster(place, surroundings);
  const { ledger, configuration } = await deployedLedger(
    { region: place.region, tableName: options.table },
    surroundings,
  );
  try {
    const stop = await ledger.stop();
    if (stop === undefined) {
      terminal.out('No stop was set. Nothing has changed.');
      return;
    }
    await ledger.setStop(undefined);
    terminal.out(`Lifted: ${said(stop, configuration?.schedule.timeZone)}`);
    terminal.out('The next run may strike again.');
  } catch (error) {
    throw awsTrouble(error, 'lift the stop');
  }
}
