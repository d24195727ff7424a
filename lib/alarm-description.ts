import { type Action, actionLines, stopActions } from '#core/messages/actions.ts';
import type { Deployment } from '#core/model/deployment.ts';

/** The deployment of an alarm. Only CloudFormation knows the table's name. */
export type AlarmPlace = Pick<Deployment, 'account' | 'region' | 'table'>;

/**
 * The text of an alarm in e-mails, whose readers see nothing else, and in the console: what it means, what to do, and how to stop the
 * monkey. CloudWatch allows 1,024 characters. `chaos_notifier` parses it paragraph by paragraph.
 */
export function alarmDescription(
  meaning: string,
  place: AlarmPlace,
  actions: readonly Action[] = [],
): string {
  const paragraphs = [...actions, ...stopActions(place)].map((action) => actionLines(action).join('\n'));
  return [meaning, ...paragraphs].join('\n\n');
}
