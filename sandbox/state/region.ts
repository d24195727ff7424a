import type { AlarmType, StateValue } from '@aws-sdk/client-cloudwatch';

import { partitionOf } from '#core/model/aws-names.ts';
import type { SafetyLever, Tags } from '#core/model/group.ts';
import { HttpApis } from '../api-gateway/http-apis.ts';
import { AutoScalingGroup } from '../auto-scaling/auto-scaling-group.ts';
import type { AutoScalingGroupSeed } from '../auto-scaling/group-seed.ts';
import type { Placement } from '../auto-scaling/instance-launcher.ts';

import { Stacks } from '../cloudformation/stacks.ts';
import { Metrics } from '../cloudwatch/metrics.ts';
import { Table, type TableSeed } from '../dynamodb/table.ts';
import { TableControl, type TableControlSeed } from '../dynamodb/table-control.ts';
import { Transactions } from '../dynamodb/transactions.ts';
import { Instance, type InstanceState, type InstanceTraits } from '../ec2/instance.ts';
import { Functions } from '../lambda/functions.ts';
import { Buckets } from '../s3/buckets.ts';
import { Schedules } from '../scheduler/schedules.ts';
import { Topic, type TopicSeed } from '../sns/topic.ts';
import { Queues } from '../sqs/queues.ts';
import { Commands } from '../ssm/commands.ts';
import { Documents } from '../ssm/documents.ts';
import { Parameters } from '../ssm/parameters.ts';
import type { Place } from './place.ts';
import type { SandboxContext, Timings } from './sandbox-context.ts';

/** A standalone instance as a scenario describes it. */
export interface StandaloneInstanceSeed {
  /** Left out: the region's a. */
  readonly zone?: string;
  readonly tags?: Tags;
  /** Left out: `running`. */
  readonly state?: InstanceState;
  /** Left out: On-Demand, on EBS. */
  readonly traits?: Partial<InstanceTraits>;
  /** Whether SSM manages it. Left out: it does not. */
  readonly isManaged?: boolean;
}

/** An instance as tests and people inspect it. */
export interface InstanceView {
  readonly id: string;
  readonly state: InstanceState;
  readonly zone: string;
  readonly tags: Tags;
  readonly autoScalingGroup: string | undefined;
  /** How many times it was rebooted. */
  readonly reboots: number;
}

const dayMs = 86_400_000;

/** Everything that one account has in one region. */
export class Region {
  readonly account: string;
  readonly name: string;
  readonly partition: string;
  readonly place: Place;
  readonly functions: Functions;
  readonly parameters: Parameters;
  readonly documents: Documents;
  readonly commands: Commands;
  readonly schedules: Schedules;
  readonly stacks: Stacks;
  readonly metrics: Metrics;
  readonly buckets: Buckets;
  readonly queues: Queues;
  readonly apis: HttpApis;
  readonly topics = new Map<string, Topic>();
  readonly tables = new Map<string, Table>();
  readonly transactions = new Transactions();
  readonly alarms = new Map<string, Alarm>();
  /** SSM Change Calendars, by name. */
  readonly calendars = new Map<string, 'OPEN' | 'CLOSED'>();
  #lever: SafetyLever = { status: 'disengaged', reason: '' };
  readonly #context: SandboxContext;
  readonly #placement: Placement;
  readonly #groups = new Map<string, AutoScalingGroup>();
  readonly #controls = new Map<Table, TableControl>();
  /** In the order of their launch; it never shrinks, as a page's token is a position in it. */
  readonly #instances: Instance[] = [];
  readonly #instancesById = new Map<string, Instance>();

  constructor(account: string, name: string, context: SandboxContext) {
    this.account = account;
    this.name = name;
    this.partition = partitionOf(name);
    this.#context = context;
    this.place = { account, region: name, partition: this.partition, context };
    this.functions = new Functions(this.place);
    this.parameters = new Parameters(this.place);
    this.documents = new Documents(this.place);
    this.commands = new Commands(this.place);
    this.schedules = new Schedules(this.place);
    this.stacks = new Stacks(this.place);
    this.metrics = new Metrics(context.timings);
    this.buckets = new Buckets(this.place);
    this.queues = new Queues(this.place);
    this.apis = new HttpApis(this.place);
    this.#placement = {
      account,
      region: name,
      partition: this.partition,
      zones: ['a', 'b', 'c'].map((letter) => `${name}${letter}`),
      context,
      onLaunch: (instance) => this.#add(instance),
    };
  }

  autoScalingGroup(seed: AutoScalingGroupSeed): AutoScalingGroup {
    const group = new AutoScalingGroup(seed, this.#placement);
    this.#groups.set(seed.name, group);
    return group;
  }

  instance(seed: StandaloneInstanceSeed = {}): Instance {
    const { clock, ids, timings } = this.#context;
    const instance = new Instance(
      {
        id: ids.instance(),
        zone: seed.zone ?? `${this.name}a`,
        tags: seed.tags ?? {},
        launchedAt: clock.now() - dayMs,
        since: clock.now(),
        state: seed.state ?? 'running',
        traits: seed.traits,
        isManaged: seed.isManaged,
      },
      timings,
    );
    this.#add(instance);
    return instance;
  }

  topic(name: string, seed: TopicSeed = {}): Topic {
    const arn = `arn:${this.partition}:sns:${this.name}:${this.account}:${name}`;
    const topic = new Topic(arn, seed, this.timings.topicPolicyMs);
    this.topics.set(topic.arn, topic);
    return topic;
  }

  table(seed: TableSeed & TableControlSeed): Table {
    const table = new Table(
      seed,
      `arn:${this.partition}:dynamodb:${this.name}:${this.account}:table/${seed.name}`,
    );
    this.tables.set(seed.name, table);
    this.#controls.set(table, new TableControl(seed, table, this.#context));
    return table;
  }

  /** What a table has besides its items. */
  control(table: Table): TableControl {
    const control = this.#controls.get(table);
    if (control === undefined) throw new Error(`${table.arn} was not made here`);
    return control;
  }

  /** Puts a CloudWatch alarm into a state, and creates it if there is none. */
  alarm(name: string, state: Alarm['state'], type: Alarm['type'] = 'MetricAlarm'): void {
    this.alarms.set(name, { name, arn: this.alarmArn(name), state, type });
  }

  /** Opens or closes an SSM Change Calendar, and creates it if there is none. */
  calendar(name: string, state: 'OPEN' | 'CLOSED'): void {
    this.calendars.set(name, state);
  }

  /** Sets the safety lever of AWS FIS, which exists in every region. */
  safetyLever(status: SafetyLever['status'], reason = ''): void {
    this.#lever = { status, reason };
  }

  get lever(): SafetyLever {
    return this.#lever;
  }

  /** All instances that EC2 would list now, for tests and people. */
  instances(): readonly InstanceView[] {
    const now = this.#context.clock.now();
    return this.instancesAt(now)
      .filter((instance) => instance.isListedAt(now))
      .map((instance) => ({
        id: instance.id,
        state: instance.stateAt(now),
        zone: instance.zone,
        tags: instance.tags,
        autoScalingGroup: instance.autoScalingGroup,
        reboots: instance.reboots,
      }));
  }

  /** All instances that ever existed, in the order of their launch. */
  instancesAt(now: number): readonly Instance[] {
    this.#settle(now);
    return this.#instances;
  }

  instanceAt(now: number, id: string): Instance | undefined {
    this.#settle(now);
    const instance = this.#instancesById.get(id);
    return instance?.isListedAt(now) ? instance : undefined;
  }

  /** Deleted ones included, as a page's token is a position among them. */
  groupsAt(now: number): ReadonlyMap<string, AutoScalingGroup> {
    this.#settle(now);
    return this.#groups;
  }

  get timings(): Timings {
    return this.#context.timings;
  }

  newId(): string {
    return this.#context.ids.uuid();
  }

  instanceArn(id: string): string {
    return `arn:${this.partition}:ec2:${this.name}:${this.account}:instance/${id}`;
  }

  alarmArn(name: string): string {
    return `arn:${this.partition}:cloudwatch:${this.name}:${this.account}:alarm:${name}`;
  }

  calendarArn(name: string): string {
    return `arn:${this.partition}:ssm:${this.name}:${this.account}:document/${name}`;
  }

  #add(instance: Instance): void {
    this.#instances.push(instance);
    this.#instancesById.set(instance.id, instance);
  }

  #settle(now: number): void {
    for (const group of this.#groups.values()) group.settle(now);
  }
}

/** A CloudWatch alarm. Nothing is measured here: a scenario puts it into its state. */
export interface Alarm {
  readonly name: string;
  readonly arn: string;
  readonly state: StateValue;
  readonly type: AlarmType;
}
