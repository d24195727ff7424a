import type { OnDemandThroughput } from '@aws-sdk/client-dynamodb';
import type { Tags } from '#core/model/group.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';
import { Capacity, type Units } from './capacity.ts';
import { OnDemandMaximum } from './on-demand-maximum.ts';
import type { Table } from './table.ts';
import { TablePolicy } from './table-policy.ts';

/** What a table or an index can take. */
interface ThroughputSeed {
  /** Left out: on demand. An index is provisioned if its table is. */
  readonly provisioned?: Units;
  /** On demand: the most that it takes. */
  readonly maximum?: OnDemandThroughput;
}

export interface IndexSeed extends ThroughputSeed {
  readonly name: string;
  readonly partitionKey: string;
}

/** What a table has besides its items. Left out: on demand, with nothing else. */
export interface TableControlSeed extends ThroughputSeed {
  readonly indexes?: readonly IndexSeed[];
  /** Other regions that it is replicated to. */
  readonly replicas?: readonly string[];
  readonly tags?: Tags;
  readonly policy?: object;
}

export interface Throughput {
  /** Undefined on demand. */
  readonly capacity: Capacity | undefined;
  readonly maximum: OnDemandMaximum;
  /** Until when it is UPDATING, epoch ms. */
  updatingUntil: number;
}

export interface Index extends Throughput {
  readonly seed: IndexSeed;
}

/** The control plane of a table. */
export class TableControl implements Throughput {
  readonly table: Table;
  readonly createdAt: number;
  readonly replicas: readonly string[];
  readonly capacity: Capacity | undefined;
  readonly maximum: OnDemandMaximum;
  readonly indexes: readonly Index[];
  readonly policy: TablePolicy;
  tags: Tags;
  updatingUntil = Number.NEGATIVE_INFINITY;

  constructor(seed: TableControlSeed, table: Table, { clock, ids, timings }: SandboxContext) {
    const { indexes = [], replicas = [], tags = {}, policy } = seed;
    this.table = table;
    this.createdAt = clock.now();
    this.replicas = replicas;
    this.tags = tags;
    const throughput = ({ provisioned, maximum = {} }: ThroughputSeed): Throughput => ({
      capacity: provisioned && new Capacity(provisioned, timings.tableUpdateMs),
      maximum: new OnDemandMaximum(maximum, timings.tableUpdateMs),
      updatingUntil: Number.NEGATIVE_INFINITY,
    });
    ({ capacity: this.capacity, maximum: this.maximum } = throughput(seed));
    this.indexes = indexes.map((index) => ({ seed: index, ...throughput(index) }));
    this.policy = new TablePolicy(table.arn, policy, { ids, timings });
  }

  get arn(): string {
    return this.table.arn;
  }

  policyInEffect(now: number): string | undefined {
    return this.policy.inEffectAt(now);
  }
}
