import { makeClients } from '#aws/clients/clients.ts';
import { undoScheduleGroup } from '#core/model/undo-schedules.ts';
import { denyPolicy, denyPolicyName } from '#core/permissions/deny-policy.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { type Bench, type Maker, ownTag, type Place } from './bench.ts';
import { corsOfApi, corsRules, targetOf } from './targets.ts';

const account = '111111111111';
const region = 'eu-west-1';
const tags = { [ownTag.Key]: ownTag.Value };

/** The sandbox, on a virtual clock: whatever takes minutes is over at once. */
export function sandboxPlace(newId: () => string): Place & { readonly sandbox: Sandbox } {
  const clock = new VirtualClock({ startsAt: Date.parse('2026-11-23T09:00:00Z'), jumps: true });
  const sandbox = new Sandbox({ clock, caller: { account, roleName: 'verify' } });
  const clients = makeClients({ clock, concurrency: 16, transport: sandbox.transport, random: () => 0.5 });
  const makerOf = (bench: Omit<Bench, 'make'>) => sandboxMaker(bench, sandbox);
  return { account, region, clock, clients, isSandbox: true, newId, makerOf, sandbox };
}

/** Puts into the sandbox what AWS is called for. */
function sandboxMaker(bench: Omit<Bench, 'make'>, sandbox: Sandbox): Maker {
  const inAccount = sandbox.account(account);
  const inRegion = inAccount.region(region);
  const removeLater = (what: string, remove: () => unknown) => bench.removeLater(what, async () => remove());
  return {
    table: async () => {
      const name = bench.name();
      removeLater(`table ${name}`, () => inRegion.tables.delete(name));
      inRegion.table({ name, partitionKey: 'id', tags });
      return targetOf(bench, 'dynamodb-table', name, {
        table: `arn:aws:dynamodb:${region}:${account}:table/${name}`,
      });
    },
    bucket: async () => {
      const name = bench.name();
      removeLater(`bucket ${name}`, () => inRegion.buckets.delete(name));
      inRegion.buckets.add({ name, abac: true, tags, cors: corsRules() });
      return targetOf(bench, 's3-bucket', name, { bucket: `arn:aws:s3:::${name}` });
    },
    queue: async () => {
      const name = bench.name();
      removeLater(`queue ${name}`, () => inRegion.queues.delete(name));
      inRegion.queues.add({ name, tags });
      return targetOf(bench, 'sqs-queue', name, { queue: `arn:aws:sqs:${region}:${account}:${name}` });
    },
    topic: async () => {
      const name = bench.name();
      const { arn: topic } = inRegion.topic(name);
      removeLater(`topic ${name}`, () => inRegion.topics.delete(topic));
      return targetOf(bench, 'sns-topic', name, { topic });
    },
    function: async () => {
      const name = bench.name();
      removeLater(`function ${name}`, () => inRegion.functions.delete(name));
      const { arn } = inRegion.functions.add({ name, tags });
      return targetOf(bench, 'lambda-function', name, { function: arn });
    },
    eventSourceMapping: async () => {
      const functionName = bench.name();
      removeLater(`function ${functionName}`, () => inRegion.functions.delete(functionName));
      inRegion.functions.add({ name: functionName });
      const eventSourceArn = `arn:aws:sqs:${region}:${account}:${functionName}`;
      const { uuid, arn } = inRegion.functions.map({ functionName, eventSourceArn, tags });
      removeLater(`mapping ${uuid}`, () => inRegion.functions.mappings.delete(uuid));
      return targetOf(bench, 'event-source-mapping', uuid, { eventSourceMapping: arn });
    },
    role: async ({ policy, service = account } = {}) => {
      const name = bench.name();
      const { arn: role } = inAccount.role({
        name,
        tags,
        trust: { principal: service },
        ...(policy !== undefined && { policy }),
      });
      removeLater(`role ${name}`, () => inAccount.roles.delete(role));
      return targetOf(bench, 'iam-role', name, { role });
    },
    httpApi: async ({ autoDeploy = true } = {}) => {
      const stages = [{ name: '$default', autoDeploy }];
      const { id, arn: api } = inRegion.apis.add({ name: bench.name(), tags, cors: corsOfApi(), stages });
      removeLater(`API ${id}`, () => inRegion.apis.delete(id));
      return targetOf(bench, 'http-api', id, { api, apiStages: `${api}/stages` });
    },
    denyPolicy: async () => {
      inAccount.managedPolicy({ name: denyPolicyName, document: denyPolicy });
    },
    scheduleGroup: async () => {
      inRegion.schedules.addGroup(undoScheduleGroup);
    },
  };
}
