import { paginateListSubscriptionsByTopic, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import type { Config } from '#core/config/config.ts';
import { counted } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';
import { channels } from '#notify/registry.ts';
import { line } from '../render/layout.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, ok, warn } from './finding.ts';
import type { Stack } from './stack.ts';

const check = 'subscriptions';

/** The configuration keys that make notifications reach somebody. */
const notificationKeys = new Intl.ListFormat('en', { type: 'disjunction' }).format(
  ['emails', ...Object.keys(channels)].map((name) => `notifications.${name}`),
);

/** Checks that notifications reach their recipients. SNS sends nothing to unconfirmed subscriptions. */
export async function subscriptionFindings(
  { topic }: Stack,
  { master: { region }, notifications }: Config,
  { clients, patience: { callMs } }: Examination,
): Promise<readonly Finding[]> {
  const answer = await attempt(check, callMs, async (abortSignal) => {
    const client = clients(SNSClient, { region, patienceMs: callMs });
    const found: Subscription[] = [];
    for await (const page of paginateListSubscriptionsByTopic(
      { client },
      { TopicArn: topic },
      { abortSignal },
    )) {
      found.push(...(page.Subscriptions ?? []));
    }
    return found;
  });
  if ('error' in answer) return [answer.finding];
  const byState = Map.groupBy(answer.value, ({ SubscriptionArn = '' }) =>
    SubscriptionArn.startsWith('arn:') ? 'confirmed' : SubscriptionArn,
  );
  const confirmed = byState.get('confirmed') ?? [];
  const pending = listEndpoints(byState.get('PendingConfirmation'));
  const all = new Set(listEndpoints(answer.value));
  const missing = notifications.emails.filter((email) => !all.has(email));
  return [
    ...(confirmed.length > 0 ? [ok(check, `${counted(confirmed.length, 'subscription')} confirmed`)] : []),
    ...(confirmed.length === 0 && pending.length === 0 && missing.length === 0
      ? [warn(check, 'nobody is notified', `Add ${notificationKeys}, then: npx cdk deploy`)]
      : []),
    ...(pending.length > 0
      ? [
          warn(
            check,
            `not confirmed: ${listFirst(pending.map(line))}`,
            'The confirmation mail is from AWS Notifications. To resend it:',
            `aws sns subscribe --region ${region} --topic-arn ${topic} --protocol email --notification-endpoint ${pending[0]}`,
          ),
        ]
      : []),
    ...(missing.length > 0
      ? [warn(check, `not subscribed: ${listFirst(missing.map(line))}`, 'npx cdk deploy')]
      : []),
  ];
}

function listEndpoints(subscriptions: readonly Subscription[] = []): readonly string[] {
  return subscriptions.map(({ Endpoint = '' }) => Endpoint);
}
