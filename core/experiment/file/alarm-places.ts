import type { Experiment } from '../../model/experiment.ts';
import type { FileMistake } from './choose-fault.ts';
import type { Known } from './known.ts';

/** Alarms that no run can read, as nothing lets it into their accounts: what cannot be read counts as a stop. */
export function foreignAlarms(
  stopConditions: Experiment['stopConditions'],
  { accounts }: Pick<Known['config'], 'accounts'>,
): readonly FileMistake[] {
  return stopConditions.flatMap(({ arn }, index) => {
    const [, , , region = '', id] = arn.split(':');
    const account = accounts.find((one) => one.id === id);
    if (account?.regions.includes(region)) return [];
    const message =
      account === undefined
        ? "expected an alarm in one of the configuration's accounts: in others none can be read"
        : `expected an alarm in a region that the configuration has of account ${account.id}: in others none can be read`;
    return [{ path: ['stopConditions', index, 'arn'], message }];
  });
}
