import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AlarmReader } from '#core/ports/alarm-reader.ts';
import type { ProbeMeans } from '#core/ports/probe.ts';
import { alarmStates } from './alarms.ts';

/** Reads alarms where they are, with the sessions that probes measure with. */
export function alarmReader({ clients }: Pick<ProbeMeans, 'clients'>): AlarmReader {
  return {
    alarms: async (arns) => {
      const places = Map.groupBy(arns.map(alarmAt), ({ account, region }) => `${account}/${region}`);
      const read = await Promise.all(
        [...places.values()].map(async (alarms) => {
          const [place = { account: '', region: '' }] = alarms;
          const client = (await clients(place))(CloudWatchClient);
          const states = await alarmStates(
            client,
            alarms.map(({ name }) => name),
          );
          return alarms.map(({ arn }, index) => [arn, states[index]?.state ?? 'MISSING'] as const);
        }),
      );
      const states = new Map(read.flat());
      return arns.map((arn) => states.get(arn) ?? 'MISSING');
    },
  };
}

function alarmAt(arn: string) {
  const [, , , region = '', account = '', , ...name] = arn.split(':');
  return { arn, account, region, name: name.join(':') };
}
