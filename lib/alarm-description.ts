import { type Action, actionLines, stopActions } from '#core/messages/actions.ts';
import type { Deployment } from '#core/model/deployment.ts';

/** Where an alarm belongs to. The table's name is known to CloudFormation only. */
export type AlarmPlace = Pick<Deployment, 'account' | 'region' | 'table'>;

/**
 * What an alarm says by e-mail, which is all that an address gets of it, and in the console: what it means, what to do, and how
 * to stop the monkey. CloudWatch takes 1,024 characters. `chaos_notifier` reads it paragraph by paragraph.
 */
export function alarmDescription(
  meaning: string,
  place: AlarmPlace,
  actions: readonly Action[] = [],
): string {
  const paragraphs = [...actions, ...stopActions(place)].map((action) => actionLines(action).join('\n'));
  return [meaning, ...paragraphs].join('\n\n');
}
