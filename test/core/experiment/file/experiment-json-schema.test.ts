import { describe, expect, test } from 'vitest';
import { experimentJsonSchema } from '#core/experiment/file/experiment-json-schema.ts';
import { known } from './known.ts';

const { properties } = JSON.parse(JSON.stringify(experimentJsonSchema(known)));

interface Branch {
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
}

function branch(branches: readonly Branch[], key: string, value: string): Branch | undefined {
  return branches.find((one) => one.properties[key]?.const === value);
}

describe('the JSON Schema', () => {
  test('has a branch for each fault, with its own parameters but for its minutes, its kind and its time', () => {
    const steps: readonly Branch[] = properties.method.items.oneOf;
    expect(steps).toHaveLength(known.faults.size);
    const latency = branch(steps, 'fault', 'lambda-latency');
    expect(Object.keys(Object(latency?.properties.parameters).properties)).toEqual([
      'ms',
      'maxMs',
      'percent',
    ]);
    expect(latency?.properties.target).toMatchObject({ properties: { kind: { enum: ['function'] } } });
    expect(latency?.required).toEqual(['name', 'fault', 'target', 'duration']);
    expect(branch(steps, 'fault', 'ec2-terminate')?.required).toEqual(['name', 'fault', 'target', 'observe']);
  });

  test('has a branch for each type of probe, with its own keys and its tolerance', () => {
    const probes: readonly Branch[] = properties.steadyState.properties.probes.items.oneOf;
    expect(probes).toHaveLength(known.probes.length);
    const http = branch(probes, 'type', 'http');
    expect(http?.required).toEqual(expect.arrayContaining(['url', 'name', 'tolerance']));
    expect(http?.properties.tolerance).toMatchObject({ properties: { bad: { type: 'string' } } });
    const health = branch(probes, 'type', 'group-healthy');
    expect(health?.properties.tolerance).toMatchObject({ properties: { badFor: { type: 'string' } } });
    const observed = branch(properties.observations.items.oneOf, 'type', 'http');
    expect(observed?.properties.tolerance).toBeUndefined();
  });

  test('describes what people write, and not what is made of it: times are texts, and defaults are optional', () => {
    expect(properties.steadyState.properties.baseline).toMatchObject({ type: 'string', default: '60s' });
    expect(properties.steadyState.required).toEqual(['probes']);
  });
});
