import { Command } from 'commander';
import * as z from 'zod';
import { openStrike, type Status, statusText } from './render/status.ts';
import { awsTrouble } from './shared/aws-trouble.ts';
import { deployedLedger } from './shared/deployment.ts';
import { mustCallFromMaster } from './shared/master-account.ts';
import { jsonOption } from './shared/options.ts';
import { PlaceOptions, placeFlags, placeOf, withPlace } from './shared/place.ts';
import type { Surroundings } from './shared/surroundings.ts';

const StatusOptions = PlaceOptions.extend({ json: z.boolean().default(false) }).strict();

const shownRuns = 5;

const help = `
Vetoes and leashes are those of groups: ./chaos explain GROUP
`;

export function statusCommand(surroundings: Surroundings): Command {
  return withPlace(new Command('status'))
    .addHelpText('after', help)
    .addOption(jsonOption('the status'))
    .action(async (given: unknown) => status(StatusOptions.parse(given), surroundings));
}

async function status(options: z.infer<typeof StatusOptions>, surroundings: Surroundings): Promise<void> {
  const { terminal, clock } = surroundings;
  const place = await placeOf(options, surroundings);
  await mustCallFromMaster(place, surroundings);
  const { region } = place;
  const { ledger, tableName } = await deployedLedger({ region, tableName: options.table }, surroundings);
  try {
    const [stop, runs, open] = await Promise.all([
      ledger.stop(),
      ledger.recentRuns(shownRuns),
      ledger.openStrikes(),
    ]);
    const now = clock.now();
    const found: Status = {
      region,
      table: tableName,
      stop: stop ?? null,
      leashed: place.config?.leashed ?? null,
      open: open.map((strike) => openStrike(strike, now)),
      runs,
    };
    terminal.out(
      options.json
        ? JSON.stringify(found, null, 2)
        : statusText(found, terminal.paint, `./chaos resume${placeFlags(options)}`),
    );
  } catch (error) {
    throw awsTrouble(error, 'read the ledger');
  }
}
