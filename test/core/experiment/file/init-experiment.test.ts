import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { initExperiment } from '#core/experiment/file/init/init-experiment.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { mistakesIn } from '../../../support/mistakes-in.ts';
import { known } from './known.ts';

const facts = {
  faults: known.faults,
  kinds: known.kinds,
  hosts: ['*.example.com', 'shop.example.com'],
  schema: 'experiment.schema.json',
};

const written = (question: string) => initExperiment(question, facts);
/** As a person leaves it who believes each guess. */
const decided = (question: string) =>
  written(question)
    .replace(/Perhaps ([\w-]+)(: docs[\s\S]*?fault: )replace-me/, '$1$2$1')
    .replace(/Perhaps (\d+) ms([\s\S]*?ms: )replace-me/, '$1$2$1')
    .replace('ms: replace-me', 'ms: 1')
    .replaceAll('replace-me', 'checkout');

function stepFor(question: string) {
  return readExperiment(decided(question), 'x', known).experiment.method[0];
}

/** What nobody but a person can decide, beside the owner. */
const openIn = (question: string) =>
  mistakesIn(() => readExperiment(written(question), 'x', known)).filter(
    (path) => path.startsWith('method') && !path.endsWith('kind'),
  );
const [aFault, aName, anAmount] = ['method[0].fault', 'method[0].target.names[0]', 'method[0].parameters.ms'];

describe('initExperiment', () => {
  test.each([
    ['what if listImages is 300 ms slower?', 'lambda-latency', { ms: 300 }],
    ['what if listImages takes 1.5 s longer?', 'lambda-latency', { ms: 1_500 }],
    ['what if listImages answers with an error?', 'lambda-status', { code: 500 }],
    ['what if listImages answers with status 404?', 'lambda-status', { code: 404 }],
    ['what if listImages throws?', 'lambda-error', {}],
    ['what if there is an exception in listImages?', 'lambda-error', {}],
    ['what if the group web loses an instance?', 'ec2-terminate', { via: 'ec2' }],
    ['what if an instance of web dies?', 'ec2-terminate', { via: 'ec2' }],
    ['what if listImages times out after 3 s?', 'lambda-timeout', {}],
    ['what if the disk of listImages is full?', 'lambda-disk', { megabytes: 512 }],
    ['what if the disks of the instances of web are full?', 'disk-fill', {}],
    ['what if listImages is throttled?', 'lambda-concurrency', { limit: 0 }],
    ['what if listImages runs out of concurrency?', 'lambda-concurrency', { limit: 0 }],
    ['what if the table images is throttled?', 'dynamodb-throttle', { readUnits: 1 }],
    [
      'what if listImages cannot reach api.example.com?',
      'lambda-deny-hosts',
      { hosts: ['(^|\\.)api\\.example\\.com$'] },
    ],
    ["what if listImages can't reach DynamoDB?", 'lambda-deny-hosts', { hosts: ['(^|\\.)dynamodb\\.'] }],
    ['what if access to the table images is denied?', 'dynamodb-deny', {}],
    ['what if nobody has permission to invoke listImages?', 'lambda-deny', {}],
    ['what if CORS is broken?', 'api-cors', {}],
    ['what if listImages has too little memory?', 'lambda-configure', { memoryMb: 128 }],
    ['what if the moon is full?', 'lambda-latency', {}],
    ['what if 50% of listImages invocations fail?', 'lambda-status', { code: 500, percent: 50 }],
    [
      'what if listImages is 2 s slower in 20 percent of calls?',
      'lambda-latency',
      { ms: 2_000, percent: 20 },
    ],
    ['what if listImages is 2 minutes slower?', 'lambda-latency', { ms: 120_000 }],
    ['what if listImages is 99999999999 s slower?', 'lambda-latency', { ms: 900_000 }],
    ['what if DynamoDB throttles orders?', 'dynamodb-throttle', { readUnits: 1 }],
  ])('%s', (question, fault, parameters) => {
    expect(stepFor(question)?.fault).toMatchObject({ name: fault, parameters });
  });

  test.each([
    ['what if the group web loses an instance?', 'web'],
    ['what if the web group loses an instance?', 'web'],
    ['what if the table images is throttled?', 'images'],
    ['what if access to the table orders is denied?', 'orders'],
    ['what if an instance of web dies?', 'web'],
    ['what if 50% of the instances of web die?', 'web'],
    ['what if 50% of listImages invocations fail?', 'listImages'],
    ['what if DynamoDB is slow?', 'checkout'],
    ['what if chargeCard is slow?', 'chargeCard'],
    ['what if the function payment is slow?', 'payment'],
    ['what if the function is slow?', 'checkout'],
    ['latency?', 'checkout'],
  ])('%s is about %s', (question, name) => {
    expect(stepFor(question)?.target.names).toEqual([name]);
  });

  test('leaves to people what only they can know, and says where', () => {
    const text = initExperiment('what if the function is slow?', { ...facts, hosts: [] });
    const paths = mistakesIn(() => readExperiment(text, 'x', known));
    expect(paths).toEqual(['owner', 'steadyState.probes[0].url', anAmount, aName]);
  });

  test('takes a share of instances as the blast radius', () => {
    expect(stepFor('what if 50 % of the instances of web die?')?.target.select).toEqual({ percent: 50 });
    expect(stepFor('what if the web group loses an instance?')?.target.select).toEqual({ count: 1 });
  });

  test.each([
    [
      'what if listImages is 99999999999 s slower?',
      'The question says 99999999999 s, and this is the most there is',
    ],
    ['what if listImages times out after 3 s?', 'not in here: 3 s.'],
    ['what if listImages is 300 ms to 500 ms slower?', 'not in here: 500 ms.'],
    ['what if 150% of listImages invocations fail?', 'not in here: 150%.'],
    ['what if listImages is 5x slower?', 'not in here: 5x.'],
    ['what if 20% of the table orders is throttled?', 'not in here: 20%.'],
    ['what if listImages is slow?', 'does not say by how much'],
  ])('%s: says what it did not understand, or cut', (question, note) => {
    const [line = ''] = written(question)
      .split('\n')
      .filter((one) => one.includes(note));
    expect(line).toMatch(/^ {4}# /);
  });

  test.each([
    ['what if listImages is 300 ms slower?', false],
    ['what if the function payment answers with status 404?', false],
    ['what if an instance of web dies?', false],
    ['what if payment is 1 s slower?', true],
    ['what if DynamoDB throttles orders?', true],
    ['what if listImages cannot call chargeCard?', true],
  ])('%s: whether its subject is a guess', (question, isGuess) => {
    expect(written(question).includes(': the question may be about something else.')).toBe(isGuess);
    expect(openIn(question).includes(aName)).toBe(isGuess);
    expect(written(question)).not.toContain('not in here');
  });

  test.each([
    ['what if listImages throws?', []],
    ['what if the moon is full?', [aFault, aName]],
    ['what if listImages is slow?', [anAmount]],
    ['what if listImages is -5 ms slower?', [anAmount]],
    ['what if listImages is \u22125 ms slower?', [anAmount]],
    ['what if listImages is 0 ms slower?', [anAmount]],
    ['what if listImages is 0.2 ms slower?', [anAmount]],
    ['what if listImages is 1 ms slower?', []],
    ['what if listImages is 300-500 ms slower?', []],
    // Of one kind of target, and what is done to another.
    ['what if the queue orders is 300 ms slower?', [aFault]],
    ['what if the table orders throws?', [aFault]],
    ['what if the bucket images answers with status 500?', [aFault]],
    ['what if the topic orders times out?', [aFault]],
    ['what if the api orders is slow?', [aFault]],
    ['what if the function orders is rebooted or loses an instance?', []],
    ['what if the cpu of the function orders is busy?', [aFault]],
    ['what if the database orders fails?', [aFault, aName]],
    ['what if the redis cluster is slow?', [aFault, aName]],
    ['what if the queue orders is off?', [aFault]],
    ['what if listImages cannot reach the table orders?', [aFault]],
    // Of two faults.
    ['what if listImages throws and is throttled?', [aFault]],
    ['what if listImages times out and its disk is full?', [aFault]],
    ['what if listImages is denied and has too little memory?', [aFault]],
  ])('%s: what is left to decide', (question, open) => {
    expect(openIn(question)).toEqual(open);
    expect(stepFor(question)).toBeDefined();
  });

  test.each([
    ['the queue orders cannot be reached', 'sqs-deny', 'orders'],
    ['the table orders cannot be read', 'dynamodb-deny', 'orders'],
    ['the bucket images is unreachable', 's3-deny', 'images'],
    ['the topic orders is unavailable', 'sns-deny', 'orders'],
    ["the function like can't be invoked", 'lambda-deny', 'like'],
    ['the disk of the web group fills up', 'disk-fill', 'web'],
    ['the web group runs out of disk', 'disk-fill', 'web'],
    ['the memory of the web servers is full', 'memory-fill', 'web'],
    ['the web servers run out of memory', 'memory-fill', 'web'],
  ])('what if %s: %s of %s', (condition, fault, name) => {
    const text = written(`what if ${condition}?`);
    expect(text).toContain(`fault: ${fault}\n`);
    expect(text).toContain(`names: ["${name}"]`);
    expect(openIn(`what if ${condition}?`)).toEqual([]);
  });

  test.each([
    ['CPU of web is at 90%?', 'CPU of web is at 90%'],
    ['listImages is slow?!\u2026 ', 'listImages is slow'],
    ['listImages says \u{1f525}?', 'listImages says \u{1f525}'],
    ['a "quoted" one fails (badly)?', 'a "quoted" one fails (badly)'],
    ['\u{1f525}', '\u{1f525}'],
    ['?', 'replace-me'],
  ])('what if %s: its condition', (rest, condition) => {
    expect(parse(written(`what if ${rest}`)).hypothesis.if).toBe(condition);
  });

  test.each(['\u{1f525}', '\u{1f525}\u{1f525}!', '???', 'hello'])(
    '%s, which asks nothing, leaves all to decide',
    (asked) => {
      expect(parse(written(asked)).hypothesis.if).toBe('replace-me');
      expect(openIn(asked)).toEqual([aFault, aName]);
    },
  );

  test('writes a file whatever is asked, in which no more than placeholders is wrong', () => {
    const word = fc.constantFrom(
      'if',
      'the',
      'table',
      'instance',
      '"',
      "'",
      ': ',
      '#',
      '\n',
      '\u0024{x}',
      'slow',
      '5',
      '&',
      '\u0000',
      'é',
    );
    const question = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(
        question.filter((text) => text.trim() !== '' && !text.includes('${')),
        (text) => {
          const [mistake] = mistakesIn(() => readExperiment(decided(text), 'x', known));
          expect(mistake).toBeUndefined();
        },
      ),
    );
  });
});
