import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoSuchKey } from '@aws-sdk/client-s3';
import type { Transport } from '#aws/clients/transport.ts';
import { parseConfig } from '#core/config/config.ts';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { experimentSlot } from '#core/model/experiment-slot.ts';
import type { UndoEntry } from '#core/model/undo-entry.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { parse } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { type StartParts, startExperiment } from '#lambdas/chaos-experiment-control/start-experiment.ts';
import { StartRequest } from '#lambdas/chaos-experiment-control/start-request.ts';
import { experimentControlName, janitorName, outputs } from '#lib/outputs.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { aClaim } from './a-claim.ts';
import { aDeployment } from './a-deployment.ts';
import { anUndoEntry } from './an-undo-entry.ts';

const configInput = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: [{ id: '222222222222' }],
  regions: ['eu-west-1'],
  externalId: 'not-a-secret',
  notifications: { emails: ['sre@example.com'] },
  faults: ['lambda-latency'],
  experiments: { deploy: true, hosts: ['shop.example.com'] },
};

export const experimentText = `version: chaos/v1
title: What if listImages takes an extra 300 ms?
hypothesis: { if: it is slower, then: pages still load }
owner: team-shop
steadyState:
  baseline: 60s
  probes:
    - name: page
      type: http
      url: https://shop.example.com/
      every: 200ms
      expect: { status: 200, latency: 800ms }
      tolerance: { bad: 5% }
method:
  - name: slow
    fault: lambda-latency
    parameters: { ms: 300 }
    target: { kind: function, select: { count: 1 } }
    duration: 5m
recovery: { within: 2m }
`;

export const reportsBucket = 'chaos-reports';

/** A folder with a configuration that deploys experiments, and with the file of one. */
export function anExperimentFolder() {
  const cwd = mkdtempSync(join(tmpdir(), 'chaos-experiment-'));
  writeFileSync(join(cwd, 'chaos.config.json'), JSON.stringify(configInput));
  writeFileSync(join(cwd, 'slow.yaml'), experimentText);
  return { cwd, remove: () => rmSync(cwd, { recursive: true }) };
}

/** A deployment as the CLI sees it, with the function that starts experiments; nothing runs those that it starts. */
export function anExperimentDeployment() {
  const deployment = aDeployment(parseConfig(configInput, faults));
  const { transport, clock, ledger } = deployment;
  const started: ExperimentRun[] = [];
  const orders: UndoOrder[] = [];
  const reports = new Map<string, ExperimentReport>();
  /** What the janitor does besides; it may be replaced. */
  const janitor = { round: async (_order: UndoOrder) => {} };
  const known = { config: parseConfig(configInput, faults), faults, kinds, probes };
  const parts: StartParts = {
    ...{ clock, ledger, known },
    start: async ({ id, file }) => {
      const record = await ledger.experiment(id);
      if (record === undefined) throw new Error(`no run ${id} is on record`);
      const { rehearsal, trigger, startedBy } = record;
      const { experiment, fileHash } = readExperiment(file, 'file', known);
      started.push({ id, experiment, fileHash, rehearsal, trigger, startedBy, timeZone: 'UTC' });
    },
  };

  const answering: Transport = async (call) => {
    const input = Object(call.input);
    switch (call.command) {
      case 'DescribeStacksCommand': {
        const answer = Object(await transport(call));
        answer.Stacks[0].Outputs.push({ OutputKey: outputs.reports, OutputValue: reportsBucket });
        return answer;
      }
      case 'GetObjectCommand':
        return getObject(String(input.Key), reports);
      case 'InvokeCommand': {
        const event = JSON.parse(Buffer.from(input.Payload).toString('utf8'));
        if (input.FunctionName === experimentControlName) {
          return answerOf(async () =>
            startExperiment(parse(StartRequest, event, 'request'), 'request-1', parts),
          );
        }
        if (input.FunctionName !== janitorName) return transport(call);
        orders.push(event);
        await janitor.round(event);
        return { StatusCode: 202 };
      }
    }
    return transport(call);
  };

  /** Puts a fault of this run in place, as far as the ledger knows. */
  const putInPlace = async (runId: string): Promise<UndoEntry> => {
    const slot = experimentSlot(runId, 1, 'slow', 1);
    const entry = anUndoEntry({ slot, runId, state: 'active', activeAt: '2026-11-23T09:00:02.000Z' });
    await ledger.claim(aClaim({ slot, runId, undo: entry.id }), entry);
    return entry;
  };
  return { ...deployment, transport: answering, started, orders, reports, janitor, putInPlace };
}

async function answerOf(run: () => Promise<object>): Promise<object> {
  try {
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(await run())) };
  } catch (error) {
    const { name, message } = error as Error;
    const Payload = Buffer.from(JSON.stringify({ errorType: name, errorMessage: message }));
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload };
  }
}

function getObject(key: string, reports: ReadonlyMap<string, ExperimentReport>): object {
  const report = reports.get(/^experiments\/(.+)\.json$/.exec(key)?.[1] ?? '');
  if (report === undefined) throw new NoSuchKey({ message: 'no such key', $metadata: {} });
  return { Body: { transformToString: async () => JSON.stringify(report) } };
}
