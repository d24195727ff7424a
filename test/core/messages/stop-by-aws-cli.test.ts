import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import { stopByAwsCli, stopExperimentByAwsCli } from '#core/messages/stop-by-aws-cli.ts';
import { aDeployment } from '../../support/a-deployment.ts';
import { anExperimentRecord, anExperimentId as id } from '../../support/an-experiment-record.ts';

const run = promisify(execFile);

/** The command's words as a POSIX shell hands them on to `aws`. */
async function wordsOf(command: string): Promise<readonly string[]> {
  const { stdout } = await run('sh', ['-c', `aws() { printf '%s\\0' "$@"; }\n${command}`]);
  return stdout.split('\0').slice(0, -1);
}

function optionsOf(words: readonly string[]): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    words.flatMap((each, index) => (each.startsWith('--') ? [[each, words[index + 1]]] : [])),
  );
}

describe('stopByAwsCli', () => {
  test('is one line that can be pasted', () => {
    expect(stopByAwsCli({ region: 'eu-west-1', table: 'Chaos-Ledger' })).toBe(
      `aws dynamodb update-item --region eu-west-1 --table-name Chaos-Ledger --key '{"pk":{"S":"control"},"sk":{"S":"control"}}' --update-expression 'SET stop = :stop, schemaVersion = if_not_exists(schemaVersion, :version)' --expression-attribute-values '{":version":{"N":"1"},":stop":{"M":{"reason":{"S":"stopped with the aws CLI"},"by":{"S":"the aws CLI"},"at":{"S":"'"$(date -u +%FT%TZ)"'"}}}}'`,
    );
  });

  test('sets what the ledger reads, and marks the item as the ledger does', async () => {
    const { transport, ledger, clock, sandbox } = aDeployment();
    const options = optionsOf(await wordsOf(stopByAwsCli({ region: 'eu-west-1', table: 'chaos-monkey' })));
    const client = makeClients({ clock, concurrency: 1, transport })(DynamoDBClient, { region: 'eu-west-1' });
    await client.send(
      new UpdateItemCommand({
        TableName: options['--table-name'],
        Key: JSON.parse(options['--key'] ?? ''),
        UpdateExpression: options['--update-expression'],
        ExpressionAttributeValues: JSON.parse(options['--expression-attribute-values'] ?? ''),
      }),
    );
    const table = sandbox.account('111111111111').region('eu-west-1').tables.get('chaos-monkey');
    const item = () => table?.get({ pk: { S: 'control' }, sk: { S: 'control' } });
    const byAwsCli = item();
    expect(await ledger.stop()).toMatchObject({ reason: 'stopped with the aws CLI', by: 'the aws CLI' });
    await ledger.setStop(await ledger.stop());
    expect(byAwsCli).toEqual(item());
  });

  test('leaves to be filled in what is not known', () => {
    expect(stopByAwsCli({})).toContain(' --region REGION --table-name TABLE ');
  });

  test.each([`it's "on fire"; $(touch /tmp/x) \`id\` \\`, '"TIME"}}}}', 'Größe\u2028 $HOME'])(
    'hands a reason on as it is: %s',
    async (reason) => {
      const words = await wordsOf(
        stopByAwsCli({ region: 'eu-west-1', table: `a'b c`, profile: 'an ops', reason }),
      );
      const options = optionsOf(words);
      expect(words.slice(0, 2)).toEqual(['dynamodb', 'update-item']);
      expect(options).toMatchObject({
        '--table-name': `a'b c`,
        '--profile': 'an ops',
        '--region': 'eu-west-1',
      });
      const { M: stop } = JSON.parse(options['--expression-attribute-values'] ?? '')[':stop'];
      expect(stop).toEqual({
        reason: { S: reason },
        by: { S: 'the aws CLI' },
        at: { S: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
      });
    },
  );
});

describe('stopExperimentByAwsCli', () => {
  async function stopWith(command: string, { transport, clock }: ReturnType<typeof aDeployment>) {
    const options = optionsOf(await wordsOf(command));
    const client = makeClients({ clock, concurrency: 1, transport })(DynamoDBClient, { region: 'eu-west-1' });
    await client.send(
      new UpdateItemCommand({
        TableName: options['--table-name'],
        Key: JSON.parse(options['--key'] ?? ''),
        ConditionExpression: options['--condition-expression'],
        UpdateExpression: options['--update-expression'],
        ExpressionAttributeValues: JSON.parse(options['--expression-attribute-values'] ?? ''),
      }),
    );
  }
  const command = stopExperimentByAwsCli({
    region: 'eu-west-1',
    table: 'chaos-monkey',
    id,
    reason: `it's on fire`,
  });

  test('sets what the ledger reads; the first stop stands', async () => {
    const deployment = aDeployment();
    const { ledger } = deployment;
    await ledger.beginExperiment(anExperimentRecord());
    await stopWith(command, deployment);
    const stopped = await ledger.experiment(id);
    expect(stopped?.stop).toMatchObject({ reason: `it's on fire`, by: 'the aws CLI' });
    await stopWith(stopExperimentByAwsCli({ region: 'eu-west-1', table: 'chaos-monkey', id }), deployment);
    expect(await ledger.experiment(id)).toEqual(stopped);
  });

  test('changes nothing of one that is over, or not on record', async () => {
    const deployment = aDeployment();
    const { ledger } = deployment;
    await expect(stopWith(command, deployment)).rejects.toThrow('conditional request failed');
    expect(await ledger.experiment(id)).toBeUndefined();
    await ledger.beginExperiment(anExperimentRecord());
    await ledger.endExperiment(id, { verdict: 'survived', why: 'all well', at: '2026-11-23T09:10:00.000Z' });
    await expect(stopWith(command, deployment)).rejects.toThrow('conditional request failed');
  });
});
