import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newSecret } from '#aws/new-ids.ts';
import type { Config } from '#core/config/config.ts';
import { anyLasts } from '#core/config/enabled-faults.ts';
import { partitionOf, roleArn } from '#core/model/aws-names.ts';
import { undoRoleArn } from '#core/permissions/schedule-statements.ts';
import { codeOf } from '#core/util/error-text.ts';
import { counted } from '#core/util/format.ts';
import { listFirst } from '#core/util/list-first.ts';
import { faults } from '#faults/registry.ts';
import { janitorRoleName } from '#target-role/names.ts';
import { line } from '../render/layout.ts';
import { attempt, type Examination } from './attempt.ts';
import { type Finding, fail, ok, unknown, warn } from './finding.ts';
import type { Stack } from './stack.ts';

/** Checks whether what lasts can be undone, and is; nothing if no enabled fault lasts. */
export async function undoFindings(
  stack: Pick<Stack, 'table'>,
  config: Config,
  context: Examination,
): Promise<readonly Finding[]> {
  if (!anyLasts(config, faults)) return [];
  return Promise.all([entriesFinding(stack, config, context), rolesFinding(config, context)]);
}

async function entriesFinding(
  { table: tableName }: Pick<Stack, 'table'>,
  { master: { region } }: Config,
  { clients, clock, patience: { callMs } }: Examination,
): Promise<Finding> {
  const check = 'active faults';
  const client = clients(DynamoDBClient, { region, patienceMs: callMs });
  const ledger = dynamoLedger({ client, tableName, newSecret, clock });
  const answer = await attempt(check, callMs, () => ledger.openUndos());
  if ('error' in answer) return answer.finding;
  const { found, unreadable } = answer.value;
  const failing = found.filter(({ state }) => state === 'undo-failed').map(({ id }) => id);
  const contested = found.filter(({ state }) => state === 'contested').map(({ id }) => id);
  if (unreadable.length > 0) {
    return fail(check, `${counted(unreadable.length, 'undo item')} cannot be read`, './chaos ledger check');
  }
  if (failing.length > 0) return fail(check, `could not be undone: ${listFirst(failing.map(line))}`);
  if (contested.length > 0) {
    return warn(check, `left alone, as somebody else changed the target: ${listFirst(contested.map(line))}`);
  }
  return ok(check, found.length === 0 ? 'none' : `${counted(found.length, 'fault')}, none of which need you`);
}

/** As the janitor assumes them: the caller must be allowed to assume its role. */
async function rolesFinding(config: Config, context: Examination): Promise<Finding> {
  const check = 'undo roles';
  const { clients, patience } = context;
  const { region, account: masterId } = config.master;
  const answer = await attempt(check, patience.lookMs, async () => {
    const assume = async (client: STSClient, RoleArn: string, ExternalId?: string) => {
      const input = { RoleArn, RoleSessionName: 'chaos-doctor', ...(ExternalId && { ExternalId }) };
      return (await client.send(new AssumeRoleCommand(input))).Credentials;
    };
    const patienceMs = patience.callMs;
    const janitorArn = roleArn(partitionOf(region), masterId, janitorRoleName);
    const janitor = await assume(clients(STSClient, { region, patienceMs }), janitorArn);
    const credentials = {
      accessKeyId: janitor?.AccessKeyId ?? '',
      secretAccessKey: janitor?.SecretAccessKey ?? '',
      ...(janitor?.SessionToken !== undefined && { sessionToken: janitor.SessionToken }),
    };
    const sts = clients(STSClient, { region, patienceMs, credentials });
    const refused = await Promise.all(
      config.accounts.map(async ({ id, externalId }) =>
        assume(sts, undoRoleArn(config, id), externalId).then(
          () => [],
          (error: unknown) => [{ id, code: codeOf(error) }],
        ),
      ),
    );
    return refused.flat();
  });
  if ('error' in answer) {
    const code = codeOf(answer.error);
    return code === 'AccessDenied'
      ? unknown(check, `could not be checked: you may not assume ${janitorRoleName}`)
      : answer.finding;
  }
  const [first] = answer.value;
  if (first === undefined) return ok(check, `${counted(config.accounts.length, 'account')} accessible`);
  return fail(
    check,
    `${listFirst(answer.value.map(({ id }) => id))} not accessible (${line(first.code)}): nothing there can be undone, but by schedules`,
    'With credentials of that account: npx cdk deploy --all --app "node bin/target-app.ts"',
  );
}
