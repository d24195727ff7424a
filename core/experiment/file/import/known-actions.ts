import * as z from 'zod';
import type { Select } from '../../../model/experiment.ts';

/** A step of a method, as far as an action says it. */
export interface Equal {
  readonly fault: string;
  readonly kind: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly names?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly select?: Select;
  /** The key of the step's time. */
  readonly time: 'duration' | 'observe';
  /** How long, where the action says it. */
  readonly seconds?: number;
}

/** Undefined where the arguments have no equal. */
type Convert = (given: unknown) => Equal | undefined;

const OfInstances = z.strictObject({
  instance_id: z.string().optional(),
  instance_ids: z.array(z.string()).optional(),
  filters: z
    .array(z.object({ Name: z.string().startsWith('tag:'), Values: z.tuple([z.string()]) }))
    .optional(),
  force: z.boolean().optional(),
  execution_duration: z.coerce.number().optional(),
});

/** Ids of instances do not outlive an instance: a person chooses the group that they are in. */
function ofInstances(fault: string, time: Equal['time'] = 'observe'): Convert {
  return (given) => {
    const { data } = OfInstances.safeParse(given);
    if (data === undefined) return undefined;
    const { instance_ids: ids = [], filters, execution_duration: seconds } = data;
    const tags = filters?.map(({ Name, Values: [value] }) => [Name.slice('tag:'.length), value]);
    return {
      fault,
      kind: 'asg',
      time,
      ...(tags && { tags: Object.fromEntries(tags) }),
      ...(ids.length > 1 && { select: { count: ids.length } }),
      ...(seconds !== undefined && { seconds }),
    };
  };
}

const OfGroup = z.strictObject({
  asg_names: z.array(z.string()).optional(),
  tags: z.array(z.object({ Key: z.string(), Value: z.string() })).optional(),
  instance_count: z.int().min(1).optional(),
  instance_percent: z.number().gt(0).max(100).optional(),
});

function ofGroup(fault: string): Convert {
  return (given) => {
    const { data } = OfGroup.safeParse(given);
    if (data === undefined) return undefined;
    const { asg_names: names, tags, instance_count: count, instance_percent: percent } = data;
    return {
      fault,
      kind: 'asg',
      time: 'observe',
      ...(names && { names }),
      ...(tags && { tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) }),
      ...(count !== undefined && { select: { count } }),
      ...(percent !== undefined && { select: { percent } }),
    };
  };
}

const OfFunction = z.record(z.string(), z.unknown());

function ofFunction(
  fault: string,
  argument: string,
  parametersFor: (value: number) => Readonly<Record<string, unknown>>,
): Convert {
  return (given) => {
    const { function_name: name, [argument]: value, ...others } = OfFunction.safeParse(given).data ?? {};
    if (typeof name !== 'string' || typeof value !== 'number' || Object.keys(others).length > 0) {
      return undefined;
    }
    return { fault, kind: 'function', time: 'duration', names: [name], parameters: parametersFor(value) };
  };
}

const EventSourceOff = z.strictObject({ event_uuid: z.string(), enabled: z.literal(false) });

const eventSourceOff: Convert = (given) => {
  const { data } = EventSourceOff.safeParse(given);
  if (data === undefined) return undefined;
  const [fault, kind] = ['lambda-event-source-off', 'event-source-mapping'];
  return { fault, kind, time: 'duration', names: [data.event_uuid] };
};

/** The actions of chaostoolkit-aws that have an equal of ours, by module and function. Source: their signatures in its chaosaws/. */
export const knownActions: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ['chaosaws.asg.actions.stop_random_instances', ofGroup('ec2-stop')],
  ['chaosaws.asg.actions.terminate_random_instances', ofGroup('ec2-terminate')],
  [
    'chaosaws.awslambda.actions.put_function_concurrency',
    ofFunction('lambda-concurrency', 'concurrent_executions', (limit) => ({ limit })),
  ],
  [
    'chaosaws.awslambda.actions.put_function_memory_size',
    ofFunction('lambda-configure', 'memory_size', (memoryMb) => ({ memoryMb })),
  ],
  [
    'chaosaws.awslambda.actions.put_function_timeout',
    ofFunction('lambda-configure', 'timeout', (timeoutSeconds) => ({ memoryMb: null, timeoutSeconds })),
  ],
  ['chaosaws.awslambda.actions.toggle_event_source_mapping_state', eventSourceOff],
  ['chaosaws.ec2.actions.restart_instances', ofInstances('ec2-reboot')],
  ['chaosaws.ec2.actions.stop_instance', ofInstances('ec2-stop')],
  ['chaosaws.ec2.actions.stop_instances', ofInstances('ec2-stop')],
  ['chaosaws.ec2.actions.terminate_instance', ofInstances('ec2-terminate')],
  ['chaosaws.ec2.actions.terminate_instances', ofInstances('ec2-terminate')],
  ['chaosaws.ec2_os.actions.burn_cpu', ofInstances('cpu-burn', 'duration')],
]);
