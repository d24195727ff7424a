import { makeClients } from '#aws/clients/clients.ts';
import { systemClock } from '#aws/clients/clock.ts';
import { Region } from '#core/model/aws-names.ts';
import { parse } from '#core/util/parse.ts';
import { configuredChannels } from '#notify/shared/configured-channels.ts';
import { Environment } from './environment.ts';
import { notifier } from './notifier.ts';
import { ssmParameter } from './ssm-parameter.ts';

const environment = parse(Environment.extend({ AWS_REGION: Region }), process.env, 'environment');

/** Forwards announcements from the topic to the channels. */
export const handler = notifier({
  channels: configuredChannels(environment.CHANNELS),
  readParameter: ssmParameter(makeClients({ clock: systemClock, concurrency: 2 }), environment.AWS_REGION),
  fetch,
  clock: systemClock,
  random: Math.random,
});
