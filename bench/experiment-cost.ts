import { LocalDurableTestRunner, OperationType } from '@aws/durable-execution-sdk-js-testing';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callsInFlight as concurrency, makeClients } from '#aws/clients/clients.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { newId, newSecret } from '#aws/new-ids.ts';
import { undoWorld } from '#cli/deployed/undo-world.ts';
import { addLayeredFunction } from '#cli/sandbox/layered-function.ts';
import { onboardUndo } from '#cli/sandbox/onboard-undo.ts';
import { parseConfig } from '#core/config/config.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { runIdOf } from '#core/model/run-context.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { UndoOrder } from '#core/undo/plan-undo.ts';
import { undoDue } from '#core/undo/undo-due.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { chaosExperiment } from '#lambdas/chaos-experiment/experiment.ts';
import { probes } from '#probes/registry.ts';
import { reportPage } from '#report-page/page.ts';
import { Sandbox } from '#sandbox/sandbox.ts';
import { onboard } from '#sandbox/scenario.ts';
import { deployedExperiment } from '#wiring/deployed-experiment.ts';
import { kinds } from '#wiring/kinds.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { fastClock } from '../test/lambdas/chaos-experiment/fast-clock.ts';

/**
 * `npm run bench:experiment`: what an experiment of ten minutes takes of AWS. It runs `chaos_experiment` on the runner of durable
 * functions over the sandbox, five times as fast as it would, and counts invocations, operations and calls.
 */
const timesFaster = 5;
const master = { account: '111111111111', region: 'eu-west-1' } as const;
const account = '222222222222';
const region = 'eu-west-1';

const file = `version: chaos/v1
title: What if listImages takes an extra 300 ms?
hypothesis: { if: listImages takes 300 ms longer, then: it still answers within 800 ms }
owner: team-shop
steadyState:
  baseline: 60s
  probes:
    - name: calls
      type: lambda-invoke
      function: "arn:aws:lambda:${region}:${account}:function:prober"
      every: 1s
      tolerance: { bad: 5% }
method:
  - name: slow
    fault: lambda-latency
    parameters: { ms: 300 }
    target: { kind: function, names: [listImages] }
    duration: 10m
stopConditions:
  - { name: burning, type: cloudwatch-alarm, arn: "arn:aws:cloudwatch:${region}:${account}:alarm:burning" }
recovery: { within: 2m }
`;

const clock = fastClock(Date.parse('2026-11-23T09:00:00Z'), timesFaster);
const config = parseConfig(
  {
    ...{ master, accounts: [account], regions: [region], externalId: 'chaos-bench', leashed: false },
    faults: ['lambda-latency'],
    guards: { minGroupAgeMinutes: 0 },
    gates: { fisSafetyLever: false },
    schedule: { timeZone: 'UTC', from: '08:00', to: '18:00' },
  },
  faults,
  'bench',
);
const calls = new Map<string, number>();
const sandbox = new Sandbox({
  clock,
  caller: { account: master.account, roleName: 'chaos-monkey-master' },
  onCall: ({ action }) => calls.set(action, (calls.get(action) ?? 0) + 1),
});
const { table, topic, notRecoveredTopic } = onboard(sandbox, config);
onboardUndo(sandbox, config);
const place = sandbox.account(account).region(region);
addLayeredFunction(place, { name: 'listImages', tags: { 'chaos:opt-in': 'true' }, now: clock.now() });
place.functions.add({ name: 'prober', tags: { 'chaos:prober': 'true' }, answer: () => ({}) });
place.alarm('burning', 'OK');

const clients = makeClients({ clock, concurrency, transport: sandbox.transport });
const ledger = dynamoLedger({
  ...{ client: clients(DynamoDBClient, { region: master.region }), tableName: table.name, newSecret, clock },
});
sandbox
  .account(master.account)
  .region(master.region)
  .functions.add({
    name: 'chaos_janitor',
    answer: async (event: unknown) => {
      const now = clock.now();
      const world = await undoWorld({ clients, clock, ledger, master, flags: '' });
      const run = { runId: runIdOf(now, newId()), deadline: now + 50_000, surveyBy: now + 50_000 };
      await undoDue(parse(UndoOrder, event, 'order'), run, world);
    },
  });

const read = (text: string) => readExperiment(text, 'bench', { config, faults, kinds, probes });
const { experiment, fileHash } = read(file);
const id = runIdOf(clock.now(), newId());
await ledger.beginExperiment({
  ...{ id, title: experiment.title, owner: experiment.owner, fileHash, rehearsal: false, trigger: 'cli' },
  ...{ startedBy: 'bench', startedAt: new Date(clock.now()).toISOString(), notes: [] },
  ...{ leaseUntil: clock.now() + 300_000, isWaiting: false },
});
calls.clear();

let report: ExperimentReport | undefined;
await LocalDurableTestRunner.setupTestEnvironment();
const runner = new LocalDurableTestRunner({
  handlerFunction: chaosExperiment({
    ...{ clock, ledger, read, timeZone: 'UTC' },
    open: (opened, over) =>
      deployedExperiment(opened, over, {
        ...{ config, faults, clock, clients, ledger, newId, newSecret, journal },
        deployed: {
          tableName: table.name,
          topicArn: topic.arn,
          notRecoveredTopicArn: notRecoveredTopic.arn,
          janitorName: 'chaos_janitor',
        },
      }),
    reports: {
      put: async (made) => {
        report = made;
        return '';
      },
    },
  }),
});
const ended = await runner.run({ payload: { id, file } });
await LocalDurableTestRunner.teardownTestEnvironment();
if (report === undefined) throw new Error(`it came to nothing: ${JSON.stringify(ended.getError())}`);

const operations = ended.getOperations();
const steps = operations.filter((one) => one.getType() === OperationType.STEP);
const kept = steps.reduce((sum, one) => sum + JSON.stringify(one.getStepDetails()?.result ?? '').length, 0);
const seconds = Math.round((Date.parse(report.endedAt) - Date.parse(report.startedAt)) / 1_000);
console.log(`${report.verdict.is}: ${report.verdict.why}\n`);
console.log(`seconds               ${seconds}`);
console.log(`invocations           ${ended.getInvocations().length}`);
console.log(`durable operations    ${operations.length}, ${Math.round(kept / 1_000)} KB kept`);
console.log(
  `report                ${kilobytes(JSON.stringify(report))} as JSON, ${kilobytes(reportPage(report))} as a page`,
);
for (const [action, count] of [...calls].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${action.padEnd(42)} ${count}`);
}

function kilobytes(text: string): string {
  return `${Math.round(text.length / 1_000)} KB`;
}
