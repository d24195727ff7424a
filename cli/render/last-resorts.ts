import { stopByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { monkeyName } from '#lib/outputs.ts';

/** What is known about the deployment. Missing parts become placeholders. */
export interface KnownPlace {
  readonly region?: string | undefined;
  readonly table?: string | undefined;
  readonly profile?: string | undefined;
  readonly reason?: string | undefined;
}

/** Commands that stop without ./chaos: the stop itself, and a throttle that needs no table. */
export function lastResorts(place: KnownPlace): string {
  const { region = 'REGION', profile } = place;
  const profileFlag = profile === undefined ? '' : ` --profile ${shellWord(profile)}`;
  return `  ${stopByAwsCli(place)}
or throttle the function (delete-function-concurrency undoes it):
  aws lambda put-function-concurrency --function-name ${monkeyName} --reserved-concurrent-executions 0${profileFlag} --region ${shellWord(region)}`;
}
