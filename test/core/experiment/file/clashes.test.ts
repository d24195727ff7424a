import { describe, expect, test } from 'vitest';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { known } from './known.ts';

const { accounts, experiments } = known.config;
const [account] = accounts;
const limits = {
  ...known,
  config: {
    ...known.config,
    accounts: account === undefined ? [] : [account, { ...account, id: '444444444444' }],
    experiments: { ...experiments, maxPercent: 100 },
  },
};

const head = `version: chaos/v1
title: What if listImages is slow and fails?
hypothesis: { if: it is slow and fails, then: pages load }
owner: team-shop
steadyState:
  probes:
    - { name: page, type: http, url: https://shop.example.com/, tolerance: { bad: 5% } }
method:
`;

interface Step {
  readonly fault?: string;
  readonly target?: string;
  readonly duration?: string;
  readonly startAfter?: string;
}

function textOf(name: string, { fault = 'lambda-latency', target = '', duration = '5m', startAfter }: Step) {
  const kind = fault.startsWith('dynamodb') ? 'table' : fault.startsWith('lambda') ? 'function' : 'asg';
  const after = startAfter === undefined ? '' : `, startAfter: [${startAfter}]`;
  return `  - { name: ${name}, fault: ${fault}, target: { kind: ${kind}${target} }, duration: ${duration}${after} }\n`;
}

function mistakesOf(first: Step, second: Step, more = ''): readonly string[] {
  try {
    readExperiment(`${head}${textOf('slow', first)}${textOf('failing', second)}${more}`, 'a.yaml', limits);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.mistakes.map(({ path, at, expected }) => `${path} (${at?.line}): ${expected}`);
  }
}

const named = ', names: [listImages]';
const together = { fault: 'lambda-error', target: named, startAfter: '' };

describe('lasting faults at once', () => {
  test('on one target are refused, with both names', () => {
    expect(mistakesOf({ target: named }, together)).toEqual([
      'method[1].startAfter (10): expected failing to start after slow, or other targets: both are in place at once, and ' +
        'lambda-latency and lambda-error change the same thing of listImages',
    ]);
  });

  test.each<[string, Step, Step]>([
    ['the same fault', { target: named }, { target: named, startAfter: '' }],
    [
      'both of the configuration',
      { target: named, fault: 'lambda-concurrency' },
      { ...together, fault: 'lambda-configure' },
    ],
    [
      'both of a table',
      { target: ', names: [orders]', fault: 'dynamodb-deny' },
      { target: ', names: [orders]', fault: 'dynamodb-throttle', startAfter: '' },
    ],
    [
      'by its key',
      { target: named },
      { ...together, target: ', names: [222222222222/eu-west-1/function/listImages]' },
    ],
    ['perhaps, by chance', { target: ', names: [listImages, like]' }, together],
    ['one of all', { target: ', names: [listImages, like], select: all' }, together],
    ['in one of the regions', { target: `${named}, regions: [eu-west-1]` }, together],
  ])('%s', (_, first, second) => {
    expect(mistakesOf(first, second)).toEqual([
      expect.stringMatching(/^method\[1\]\S* \(10\): .*slow, or other targets/),
    ]);
  });

  test.each<[string, Step, Step]>([
    ['one after the other', { target: named }, { fault: 'lambda-error', target: named }],
    ['on what one another does not change', { target: named }, { ...together, fault: 'lambda-concurrency' }],
    ['on other targets', { target: named }, { ...together, target: ', names: [like]' }],
    ['with one to spare', { target: named }, { ...together, target: ', names: [like, listImages]' }],
    [
      'in other accounts',
      { target: `${named}, accounts: ["222222222222"]` },
      { ...together, target: `${named}, accounts: ["444444444444"]` },
    ],
    [
      'with another value of a tag',
      { target: `${named}, tags: { app: a }` },
      { ...together, target: `${named}, tags: { app: b }` },
    ],
    [
      'on keys in other places',
      { target: ', names: [222222222222/eu-west-1/function/a]' },
      { ...together, target: ', names: [222222222222/us-east-1/function/a]' },
    ],
    [
      'on instances of a group',
      { fault: 'cpu-burn', target: ', names: [web]' },
      { fault: 'memory-fill', target: ', names: [web]', startAfter: '' },
    ],
    ['on what only a look can tell', {}, { ...together, target: '' }],
  ])('are taken %s', (_, first, second) => {
    expect(mistakesOf(first, second)).toEqual([]);
  });

  test('only in a stage are refused once, with that stage', () => {
    const between = textOf('between', {
      fault: 'dynamodb-deny',
      target: ', names: [orders]',
      startAfter: '',
    });
    const late = { ...together, startAfter: 'between' };
    const stages = 'ramp: { stages: [{}, { between: { duration: 2m } }, { between: { duration: 1m } }] }\n';
    const first = { target: named, duration: '3m' };
    expect(mistakesOf(first, late, between)).toEqual([]);
    expect(mistakesOf(first, late, between + stages)).toEqual([
      expect.stringContaining('at once in stage 2, and'),
    ]);
  });
});
