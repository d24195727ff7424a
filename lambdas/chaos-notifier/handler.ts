import { makeClients } from '#aws/clients/clients.ts';
import { systemClock } from '#aws/clients/clock.ts';
import { Region } from '#core/model/aws-names.ts';
import { parse } from '#core/util/parse.ts';
import { Environment } from './environment.ts';
import { notifier } from './notifier.ts';
import { slackMessage } from './slack.ts';
import { ssmParameter } from './ssm-parameter.ts';
import { teamsMessage } from './teams.ts';

const environment = parse(Environment.extend({ AWS_REGION: Region }), process.env, 'environment');

const channels = [
  { name: 'Slack', parameter: environment.SLACK_PARAMETER, message: slackMessage },
  { name: 'Teams', parameter: environment.TEAMS_PARAMETER, message: teamsMessage },
].flatMap(({ parameter, ...channel }) => (parameter === undefined ? [] : [{ ...channel, parameter }]));

/** Forwards what is announced on the topic to Slack and Microsoft Teams. */
export const handler = notifier({
  channels,
  readParameter: ssmParameter(makeClients({ clock: systemClock, concurrency: 2 }), environment.AWS_REGION),
  fetch,
  clock: systemClock,
  random: Math.random,
});
