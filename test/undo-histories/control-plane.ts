import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Clients, makeClients } from '#aws/clients/clients.ts';
import type { Transport } from '#aws/clients/transport.ts';
import { dynamoLedger } from '#aws/ledger/dynamo-ledger.ts';
import { inMemoryLedger } from '#core/ledger/in-memory-ledger.ts';
import type { ExperimentLedger } from '#core/ports/experiment-ledger.ts';
import type { Ledger } from '#core/ports/ledger.ts';
import type { UndoReport } from '#core/reports/undo-report.ts';
import type { SeededRandom } from '../histories/seeded-random.ts';
import { aLife, type Death, type Life } from './life.ts';
import type { Blow } from './places.ts';
import type { EnrolledPlace, UndoOrganization } from './undo-organization.ts';

/** A change that took effect in a target account. */
export interface Change {
  /** Epoch ms, by AWS's clock. */
  readonly at: number;
  readonly place: EnrolledPlace;
  /** `lambda:PutFunctionConcurrency`. */
  readonly action: string;
  readonly by: ProcessOfPlane;
}

/** What makes a process one that injects. */
export interface Injecting {
  /** For how long a fault lasts at most that nobody undoes. */
  readonly minutes: number;
  /** It dies once it has changed something. */
  readonly isFatal: boolean;
  /** Whether it may be between a read and a write of a target. Left out: always. */
  readonly isWriting?: () => boolean;
}

/** A strike that a run is to make. */
export interface PlannedStrike extends Injecting {
  readonly place: EnrolledPlace;
  readonly blow: Blow;
}

export interface ProcessOfPlane {
  /** Undefined for the janitor. */
  readonly injects: Injecting | undefined;
  readonly skewMs: number;
  /** Epoch ms, by AWS's clock. */
  readonly startedAt: number;
  readonly life: Life;
  readonly clients: Clients;
  readonly ledger: Ledger & ExperimentLedger;
}

/** What a seed decides about a control plane. */
export interface PlaneSeed {
  readonly name: string;
  /** In memory, or a table of the sandbox. */
  readonly ledger: 'memory' | 'table';
  /** How far the clocks of its functions are ahead of AWS's. */
  readonly skewMs: { readonly run: number; readonly janitor: number };
}

const newSecret = () => '5eed'.repeat(16);

/** The processes of a control plane, its ledger, and all that they have done. */
export function aControlPlane(
  { name, ledger: where, skewMs }: PlaneSeed,
  world: UndoOrganization,
  random: SeededRandom,
  onChange: (change: Change) => void | Promise<void>,
) {
  const { sandbox, clock, config, weather, places } = world;
  const tableName = `chaos-monkey-${name}`;
  const master = sandbox.account(config.master.account).region(config.master.region);
  if (where === 'table') master.table({ name: tableName, partitionKey: 'pk', sortKey: 'sk' });
  const kept = inMemoryLedger({ newSecret });
  const alive: ProcessOfPlane[] = [];
  let ids = 0;

  const network =
    (self: () => ProcessOfPlane): Transport =>
    async (call) => {
      const note = async () => {
        const { account, action } = world.lastCall();
        const place = places.find((one) => one.account === account);
        if (place !== undefined && isChange(action)) {
          await onChange({ at: clock.now(), place, action, by: self() });
          if (self().injects?.isFatal === true) self().life.die();
        }
      };
      try {
        const answer = await sandbox.transport(call);
        await note();
        return answer;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET') await note();
        throw error;
      }
    };

  const begin = (injects: Injecting | undefined, death: Death | undefined): ProcessOfPlane => {
    const skew = injects === undefined ? skewMs.janitor : skewMs.run;
    const life = aLife({ clock, random: random.split(), skewMs: skew, death });
    const transport = life.transport(network(() => self));
    const clients = makeClients({ clock: life.clock, concurrency: 16, transport, random: () => 0.5 });
    const trouble = () => {
      if (weather.isBad(0.02)) return 'refused';
      return weather.isBad(0.02) ? 'answer lost' : 'works';
    };
    const client = () => clients(DynamoDBClient, { region: config.master.region, patienceMs: 4_000 });
    const ledger =
      where === 'table'
        ? dynamoLedger({ client: client(), tableName, newSecret, clock: life.clock })
        : life.ledger(kept, trouble);
    const self = { ...{ injects, skewMs: skew, startedAt: clock.now(), life, clients, ledger } };
    alive.push(self);
    return self;
  };

  const calm = makeClients({
    ...{ clock, concurrency: 8, random: () => 0.5 },
    transport: (call) => weather.spare(() => sandbox.transport(call)),
  });
  const watched: Ledger & ExperimentLedger =
    where === 'table'
      ? dynamoLedger({
          client: calm(DynamoDBClient, { region: config.master.region }),
          ...{ tableName, newSecret, clock },
        })
      : kept;

  return {
    name,
    skewMs,
    begin,
    /** Without trouble and without taking time: for those who look from outside. */
    ledger: watched,
    /** Nobody of it will undo anything any more. */
    isForsaken: false,
    isDestroyed: false,
    told: [] as UndoReport[],
    newId: () => {
      ids += 1;
      return `${name}${ids.toString(16).padStart(7, '0')}`;
    },
    isUnderWay: () => alive.some(({ life }) => life.isUnderWay()),
    isWriting: () => alive.some(({ life, injects }) => life.isUnderWay() && injects?.isWriting?.() !== false),
    /** The table, and everything that runs. */
    destroy() {
      this.isForsaken = true;
      this.isDestroyed = true;
      master.tables.delete(tableName);
      for (const { life } of alive) life.die();
    },
  };
}

export type ControlPlane = ReturnType<typeof aControlPlane>;

function isChange(action: string): boolean {
  return !/:(Get|List|Describe|Assume)/.test(action) && !action.startsWith('scheduler:');
}
