import type { LambdaClient } from '@aws-sdk/client-lambda';
import { undoByJanitor } from '#aws/janitor-undo.ts';
import { assumedSessions } from '#aws/sessions.ts';
import { awsStriker } from '#aws/striker.ts';
import { ledgerControl } from '#core/experiment/control/ledger-control.ts';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { ExperimentPorts, MethodPort } from '#core/experiment/engine/ports.ts';
import { worldMethod } from '#core/experiment/method/world-method.ts';
import type { Alarm } from '#core/model/group.ts';
import type { UndoOrder } from '#core/undo/plan-undo.ts';
import { faults } from '#faults/registry.ts';
import { awsFleet } from '#targets/fleet.ts';
import { kindReaders } from '#targets/reader-registry.ts';
import { kinds } from '#wiring/kinds.ts';
import { silentJournal } from '#wiring/silent-journal.ts';
import { aWorld } from '../support/a-world.ts';
import type { ControlPlane, ProcessOfPlane } from '../undo-histories/control-plane.ts';
import { clean } from '../undo-histories/functions.ts';
import type { Death } from '../undo-histories/life.ts';
import type { UndoOrganization } from '../undo-histories/undo-organization.ts';
import type { ScriptedProbe, ScriptedProbes } from './scripted-probes.ts';

/** What a process is at, as the calls of its engine tell. */
export interface Doing {
  readonly step: string;
  readonly stage: number;
  /** Of the last look for its targets, and of the strike. Epoch ms, by AWS's clock. */
  readonly resolvedAt: number;
  readonly strikesSince: number;
}

export interface EngineParts {
  readonly world: UndoOrganization;
  readonly plane: ControlPlane;
  readonly probes: ScriptedProbes;
  readonly alarm: () => Alarm['state'];
  /** Of each round of the janitor that an engine asks for. */
  readonly deathOfJanitor: () => Death | undefined;
  readonly doing: Map<ProcessOfPlane, Doing>;
  /** When targets were last looked for, by stage and step. */
  readonly looks: Map<string, number>;
  /** When an undo was ordered. */
  readonly orders: number[];
  /** Called with what goes on beside the engine. */
  readonly background: (work: Promise<unknown>) => void;
}

/** What an experiment works with in one of its processes: the method, the control and the undo of the deployed function. */
export function engineOf(
  { id, experiment }: ExperimentRun,
  self: ProcessOfPlane,
  { world, plane, probes, alarm, deathOfJanitor, background, orders, ...labels }: EngineParts,
): ExperimentPorts {
  const { config } = world;
  const { life, clients, ledger } = self;
  const { clock } = life;
  const sessions = assumedSessions(clients, config.master.region);
  const parts = { clients, sessions, config, faults, clock };
  const ports = {
    ...aWorld({ config, clock }),
    ...{ ledger, journal: silentJournal, skew: clients.skew },
    fleet: awsFleet({ ...parts, readers: kindReaders, concurrency: 16 }),
    striker: awsStriker({ ...parts, kinds }),
  };
  // Of Lambda only that much is needed: an event is taken, and its function invoked some time.
  const invokes = {
    send: ({ input }: { readonly input: { readonly Payload: Uint8Array } }) =>
      life.call(() => {
        orders.push(world.clock.now());
        const order = JSON.parse(Buffer.from(input.Payload).toString()) as UndoOrder;
        background(clean(plane, order, deathOfJanitor(), world));
      }),
  } as unknown as LambdaClient;
  const undoNow = undoByJanitor({ client: invokes, functionName: 'chaos_janitor', ledger, clock });
  return {
    clock,
    control: ledgerControl(id, experiment, {
      ...{ ledger, clock, skew: clients.skew, journal: silentJournal },
      alarms: { alarms: (arns) => life.call(() => arns.map(alarm)) },
      announce: async () => {},
    }),
    method: labelled(worldMethod(id, ports, undoNow), self, { ...labels, now: () => world.clock.now() }),
    openSampler: probes.openIn(life),
    showsAfterMs: () => 0,
    describe: ({ name, parameters }) => ({
      ...{ what: name, settlesMs: 0 },
      measures: (parameters as ScriptedProbe['parameters']).measures,
    }),
  };
}

/** Notes what each change is made for. Outside of a strike there is nothing to note: a change made then is one too many. */
function labelled(
  method: MethodPort,
  self: ProcessOfPlane,
  { doing, looks, now }: Pick<EngineParts, 'doing' | 'looks'> & { readonly now: () => number },
): MethodPort {
  return {
    ...method,
    resolve: (step, stage) => {
      looks.set(`${stage}/${step.name}`, now());
      return method.resolve(step, stage);
    },
    strike: async (step, resolved, stage, beside) => {
      const resolvedAt = looks.get(`${stage}/${step.name}`) ?? resolved.at;
      doing.set(self, { step: step.name, stage, resolvedAt, strikesSince: now() });
      try {
        return await method.strike(step, resolved, stage, beside);
      } finally {
        doing.delete(self);
      }
    },
  };
}
