import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { repository } from '../../../support/child-process.ts';
import { known } from './known.ts';

const samples = globSync('experiments/*.yaml', { cwd: repository }).toSorted();

/** The fault classes that people ask about first, and the sample of each. */
const faultOf = {
  'access-denied': 's3-deny',
  concurrency: 'lambda-concurrency',
  configuration: 'lambda-configure',
  cors: 'api-cors',
  'disk-space': 'lambda-disk',
  downstream: 'lambda-deny-hosts',
  'error-code': 'lambda-status',
  exception: 'lambda-error',
  'group-loses-instance': 'ec2-terminate',
  'group-replaces-instance': 'ec2-terminate',
  latency: 'lambda-latency',
  'table-capacity': 'dynamodb-throttle',
};

test.each(samples)('%s is valid', (file) => {
  const { experiment } = readExperiment(readFileSync(`${repository}/${file}`, 'utf8'), file, known);
  expect(experiment.title).toMatch(/^What if .*\?$/);
});

test('there is a sample for each class of faults', () => {
  const found = samples.map((file) => {
    const { experiment } = readExperiment(readFileSync(`${repository}/${file}`, 'utf8'), file, known);
    return [file.replace(/^.*\/|\.yaml$/g, ''), experiment.method.map(({ fault }) => fault.name).join()];
  });
  expect(Object.fromEntries(found)).toEqual(faultOf);
});

test('the one of the extra 300 ms takes eight seconds, and can notice it', () => {
  const file = 'experiments/latency.yaml';
  const { experiment } = readExperiment(readFileSync(`${repository}/${file}`, 'utf8'), file, known);
  expect(experiment).toMatchObject({
    steadyState: { baselineMs: 2_000, probes: [{ everyMs: 50, parameters: { expect: { latency: 200 } } }] },
    method: [{ holdMs: 5_000, fault: { parameters: { ms: 300 } } }],
  });
});
