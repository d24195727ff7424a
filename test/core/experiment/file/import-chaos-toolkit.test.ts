import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { importChaosToolkit } from '#core/experiment/file/import/import-chaos-toolkit.ts';
import { knownActions } from '#core/experiment/file/import/known-actions.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { mistakesIn } from '../../../support/mistakes-in.ts';
import { known } from './known.ts';

const page = {
  type: 'probe',
  name: 'the page is up',
  tolerance: 200,
  provider: { type: 'http', url: 'https://shop.example.com/', timeout: [1, 3] },
};
const action = (module: string, func: string, given = {}) => ({
  type: 'action',
  name: func,
  provider: { type: 'python', module, func, arguments: given },
});
const file = (changes: object = {}) => ({
  version: '1.0.0',
  title: 'What if the group loses members?',
  description: 'It should not matter.',
  tags: ['web'],
  'steady-state-hypothesis': { title: 'The page is up', probes: [page] },
  method: [
    action('chaosaws.asg.actions', 'terminate_random_instances', { asg_names: ['web'], instance_count: 2 }),
  ],
  rollbacks: [],
  ...changes,
});
const imported = (changes?: object) => {
  const { text, leftOut, toReplace } = importChaosToolkit(JSON.stringify(file(changes)), 'toolkit.json');
  return { text, leftOut, toReplace, value: parse(text) };
};
/** As a person decides. */
const decided = (text: string) =>
  text
    .replaceAll('bad: replace-me', 'bad: 5%')
    .replaceAll(/(observe|duration): replace-me/g, '$1: 2m')
    .replaceAll('replace-me', 'decided');

describe('importChaosToolkit', () => {
  test('turns a file into ours, which is not valid until a person has decided', () => {
    const { text, leftOut } = imported();
    expect(leftOut).toEqual([]);
    expect(mistakesIn(() => readExperiment(text, 'x', known))).toEqual([
      'hypothesis.if',
      'owner',
      'steadyState.probes[0].tolerance.bad',
      'method[0].observe',
    ]);
    expect(readExperiment(decided(text), 'x', known).experiment).toMatchObject({
      title: 'What if the group loses members?',
      // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
      hypothesis: { then: 'The page is up' },
      notes: 'It should not matter.',
      tags: ['web'],
      steadyState: {
        probes: [
          { name: 'the-page-is-up', type: 'http', timeoutMs: 3_000, parameters: { expect: { status: 200 } } },
        ],
      },
      method: [
        { fault: { name: 'ec2-terminate' }, target: { kind: 'asg', names: ['web'], select: { count: 2 } } },
      ],
    });
  });

  test.each([
    ['a status', 200, { status: 200 }],
    ['statuses', [200, 404], { status: [200, 404] }],
    ['true', true, { status: '2xx' }],
    ['a range of statuses', { type: 'range', target: 'status', range: [200, 299] }, { status: '2xx' }],
    [
      'a regular expression',
      { type: 'regex', target: 'body', pattern: 'Wel+come' },
      { body: { matches: 'Wel+come' } },
    ],
    [
      'a JSONPath',
      { type: 'jsonpath', target: 'body', path: '$.up', expect: [true] },
      { jsonPath: { '$.up': true } },
    ],
  ])('takes %s as a tolerance', (_, tolerance, expected) => {
    const { value, text } = imported({ 'steady-state-hypothesis': { probes: [{ ...page, tolerance }] } });
    expect(value.steadyState.probes[0].expect).toEqual(expected);
    expect(readExperiment(decided(text), 'x', known).experiment.steadyState.probes).toHaveLength(1);
  });

  test.each([
    ['a range that is none of ours', { type: 'range', target: 'status', range: [200, 204] }],
    ['a path that has to be there', { type: 'jsonpath', target: 'body', path: '$.up' }],
    ['false', false],
    ['another probe', { type: 'probe', provider: { type: 'process', path: 'rm' } }],
  ])('leaves out %s', (_, tolerance) => {
    const { value, leftOut, text } = imported({
      'steady-state-hypothesis': { probes: [{ ...page, tolerance }] },
    });
    expect(value.steadyState.probes[0]).not.toHaveProperty('expect');
    expect(leftOut).toEqual([
      `steady-state-hypothesis.probes[0] the page is up: tolerance ${JSON.stringify(tolerance)}`,
    ]);
    expect(text).toContain(`# - ${leftOut[0]}`);
  });

  test('sends arguments as the Chaos Toolkit does', () => {
    const sent = (provider: object) => {
      const probe = { ...page, provider: { ...page.provider, ...provider } };
      return imported({ 'steady-state-hypothesis': { probes: [probe] } }).value.steadyState.probes[0];
    };
    const given = { a: 1, b: 'x y' };
    expect(sent({ arguments: given }).url).toBe('https://shop.example.com/?a=1&b=x+y');
    expect(sent({ method: 'post', arguments: given })).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'a=1&b=x+y',
    });
    const headers = { 'Content-Type': 'application/json' };
    expect(sent({ method: 'PUT', headers, arguments: given })).toMatchObject({
      headers,
      body: JSON.stringify(given),
    });
    expect(sent({ method: 'PUT', arguments: 'text' })).toMatchObject({ body: 'text' });
  });

  test('takes no credential over, and lists what has to be one', () => {
    const headers = {
      ...{ Authorization: 'Bearer s3cr3t', cookie: 'sid=s3cr3t', 'X-Auth-Token': 's3cr3t' },
      ...{ 'x-api-key': 's3cr3t', 'x-client-secret-2': 's3cr3t', accept: 'text/html', 'x-tokens-left': '3' },
    };
    const probe = { ...page, provider: { ...page.provider, headers } };
    const { text, toReplace, value } = imported({ 'steady-state-hypothesis': { probes: [probe] } });
    expect(text).not.toContain('s3cr3t');
    const secret = { secret: '/chaos-monkey/probes/replace-me' };
    expect(value.steadyState.probes[0].headers).toEqual({
      ...{ Authorization: secret, cookie: secret, 'X-Auth-Token': secret, 'x-api-key': secret },
      ...{ 'x-client-secret-2': secret, accept: 'text/html', 'x-tokens-left': '3' },
    });
    expect(toReplace).toHaveLength(5);
    expect(toReplace[0]).toMatch(
      /^steadyState\.probes\[0\]\.headers\.Authorization\.secret: was in the file/,
    );
    for (const one of toReplace) expect(text).toContain(`# - ${one}\n`);
    expect(mistakesIn(() => readExperiment(text, 'x', known))).toContain(
      'steadyState.probes[0].headers.Authorization.secret',
    );
    expect(() => readExperiment(decided(text), 'x', known)).not.toThrow();
  });

  const asked = (provider: object) => {
    const probe = { ...page, provider: { ...page.provider, ...provider } };
    const { toReplace, text, value } = imported({ 'steady-state-hypothesis': { probes: [probe] } });
    expect(text).not.toMatch(/s3cr3t/i);
    expect(mistakesIn(() => readExperiment(text, 'x', known)).join(' ')).toMatch(
      /probes\[0\]\.(url|headers|body)/,
    );
    return { toReplace, probe: value.steadyState.probes[0] };
  };

  test.each([
    ...[
      'token',
      'access_token',
      'accessToken',
      'password',
      'PASSWD',
      'pwd',
      'api_key',
      'apikey',
      'X-API-Key',
      'key',
    ],
    ...[
      'secret',
      'client_secret',
      'sig',
      'X-Amz-Signature',
      'X-Amz-Credential',
      'X-Amz-Security-Token',
      'auth',
    ],
    ...[
      'authorization',
      'jwt',
      'sessionId',
      'session',
      'sid',
      'passphrase',
      'to%6ben',
      'db.password',
      'password2',
    ],
  ])('takes over no %s of a URL', (name) => {
    const listed = [expect.stringContaining('steadyState.probes[0].url: had credentials in it (')];
    const of = (url: string) => asked({ url });
    expect(of(`https://shop.example.com/?a=1&${name}=s3cr3t&b=2`)).toEqual({
      toReplace: listed,
      probe: expect.objectContaining({ url: `https://shop.example.com/?a=1&${name}=replace-me&b=2` }),
    });
    expect(of(`\u0024{u}/?${name}=s3cr3t`).toReplace).toEqual(listed);
    expect(of(`https://shop.example.com/#${name}=s3cr3t`).toReplace).toEqual(listed);
    if (name.includes('%')) return;
    expect(asked({ arguments: { [name]: 's3cr3t' } }).toReplace).toEqual(listed);
    const secret = { secret: '/chaos-monkey/probes/replace-me' };
    for (const given of [
      { [name]: 's3cr3t' },
      { a: [{ [name]: 's3cr3t' }] },
      `${name}=s3cr3t&a=1`,
      `{"${name}":"s3cr3t"}`,
    ]) {
      expect(asked({ method: 'POST', arguments: given }).probe.body).toEqual(secret);
    }
  });

  test.each([
    'https://alice:s3cr3t@shop.example.com/',
    'https://s3cr3t@shop.example.com/',
    'HTTPS:alice:s3cr3t@shop.example.com/',
  ])('makes a header of the user in %s', (url) => {
    const { probe, toReplace } = asked({ url });
    expect(probe).toMatchObject({
      url: 'https://shop.example.com/',
      headers: { authorization: { secret: '/chaos-monkey/probes/replace-me' } },
    });
    expect(toReplace).toEqual([expect.stringContaining('headers.authorization.secret: was in the file')]);
    const own = asked({ url, headers: { Authorization: 'Basic s3cr3t' } }).probe.headers;
    expect(Object.keys(own)).toEqual(['Authorization']);
  });

  test.each(['Bearer s3cr3t', 'basic s3cr3t', 'eyJhbGci0iJ9.eyJzdWIi0iIx.s3cr3t', 'AKIAS3CR3TS3CR3TS3CR'])(
    'takes over no header that says %s',
    (text) => {
      const { probe } = asked({ headers: { 'x-forwarded-by': text } });
      expect(probe.headers).toEqual({ 'x-forwarded-by': { secret: '/chaos-monkey/probes/replace-me' } });
    },
  );

  test.each([
    'monkey',
    'keyboard',
    'page',
    'author',
    'passenger',
    'sort',
    'code',
    'tokens',
    'x-tokens-left',
    'keys',
    'design',
  ])('takes over %s', (name) => {
    const probe = {
      ...page,
      provider: { ...page.provider, arguments: { [name]: 'plain' }, headers: { [name]: 'plain' } },
    };
    const { value, toReplace } = imported({ 'steady-state-hypothesis': { probes: [probe] } });
    expect(value.steadyState.probes[0]).toMatchObject({
      url: `https://shop.example.com/?${name}=plain`,
      headers: { [name]: 'plain' },
    });
    expect(toReplace).toEqual([]);
  });

  test('shows no secret of what it leaves out', () => {
    const provider = { type: 'http', url: 'https://a:s3cr3t@h/?token=s3cr3t', headers: { cookie: 's3cr3t' } };
    const { text, leftOut } = imported({
      'steady-state-hypothesis': { probes: [{ ...page, tolerance: { type: 'probe', name: 'x', provider } }] },
      method: [{ type: 'probe', name: 'broken', secrets: ['s3cr3t'], provider: 's3cr3t' }, 's3cr3t'],
    });
    expect(leftOut).toHaveLength(3);
    expect(text).not.toContain('s3cr3t');
  });

  test.each([
    ...[
      'http://localhost:8080/',
      'http://api.localhost/',
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://0.0.0.0/',
    ],
    ...[
      'http://[::1]/',
      'http://[::]/',
      'http://[::ffff:127.0.0.1]/',
      'http://169.254.169.254/latest/meta-data/',
    ],
    ...['http://[fd00:ec2::254]/', 'http://[fe80::1]/', 'http://metadata.google.internal/'],
  ])('lists %s, which no probe may ask', (url) => {
    const probe = { ...page, provider: { ...page.provider, url } };
    const { toReplace, text } = imported({ method: [probe] });
    expect(toReplace).toEqual([expect.stringMatching(/^observations\[0\]\.url: no probe may ask /)]);
    expect(text).toContain(`# - ${toReplace[0]}\n`);
  });

  test('refuses a file of ours, and one with nothing to import', () => {
    const { text } = imported();
    expect(() => importChaosToolkit(text, 'x')).toThrow('version: expected a file of the Chaos Toolkit');
    expect(() => importChaosToolkit('title: T\nsteadyState: {}', 'x')).toThrow('nothing to import');
  });

  test('lists variables, which nothing replaces', () => {
    const probe = { ...page, provider: { ...page.provider, url: 'https://\u0024{host}/' } };
    const { toReplace, text } = imported({ title: 'Is \u0024{app} up?', method: [probe] });
    expect(toReplace).toEqual([
      'title: nothing replaces \u0024{app}',
      'observations[0].url: nothing replaces \u0024{host}',
    ]);
    for (const one of toReplace) expect(text).toContain(`# - ${one}\n`);
  });

  test('names the file, and the line that is no YAML', () => {
    expect(() => importChaosToolkit('title: T\nmethod: [\n', 'web.yaml')).toThrow(
      /^web\.yaml is not valid:\n {2}\(root\) \(line \d, column \d\): expected JSON or YAML: [^\n]*$/,
    );
  });

  test('measures the probes of the method, in our order, without judging them', () => {
    const { value } = imported({ method: [page, ...file().method, page] });
    expect(value.observations.map((one: { readonly name: string }) => one.name)).toEqual([
      'the-page-is-up-2',
      'the-page-is-up-3',
    ]);
    expect(value.method).toHaveLength(1);
    expect(value.observations[0]).not.toHaveProperty('tolerance');
  });

  test.each([
    [
      'asg.actions.stop_random_instances',
      { tags: [{ Key: 'app', Value: 'shop' }], instance_percent: 50 },
      { fault: { name: 'ec2-stop' }, target: { tags: { app: 'shop' }, select: { percent: 50 } } },
    ],
    [
      'asg.actions.terminate_random_instances',
      { asg_names: ['web'] },
      { fault: { name: 'ec2-terminate' }, target: { names: ['web'] } },
    ],
    [
      'awslambda.actions.put_function_concurrency',
      { function_name: 'list', concurrent_executions: 1 },
      { fault: { name: 'lambda-concurrency', parameters: { limit: 1 } }, target: { names: ['list'] } },
    ],
    [
      'awslambda.actions.put_function_memory_size',
      { function_name: 'list', memory_size: 256 },
      { fault: { parameters: { memoryMb: 256, timeoutSeconds: null } } },
    ],
    [
      'awslambda.actions.put_function_timeout',
      { function_name: 'list', timeout: 2 },
      { fault: { parameters: { memoryMb: null, timeoutSeconds: 2 } } },
    ],
    [
      'awslambda.actions.toggle_event_source_mapping_state',
      { event_uuid: 'a-b', enabled: false },
      { fault: { name: 'lambda-event-source-off' }, target: { names: ['a-b'] } },
    ],
    [
      'ec2.actions.restart_instances',
      { instance_ids: ['i-1', 'i-2'] },
      { fault: { name: 'ec2-reboot' }, target: { select: { count: 2 } } },
    ],
    ['ec2.actions.stop_instance', { instance_id: 'i-1', force: true }, { fault: { name: 'ec2-stop' } }],
    [
      'ec2.actions.stop_instances',
      { filters: [{ Name: 'tag:app', Values: ['shop'] }] },
      { target: { tags: { app: 'shop' } } },
    ],
    ['ec2.actions.terminate_instance', { instance_id: 'i-1' }, { target: { names: ['decided'] } }],
    ['ec2.actions.terminate_instances', { instance_ids: ['i-1'] }, { holdMs: 120_000 }],
    [
      'ec2_os.actions.burn_cpu',
      { instance_ids: ['i-1'], execution_duration: '60' },
      { fault: { name: 'cpu-burn' }, holdMs: 60_000 },
    ],
  ])('has an equal of chaosaws.%s, with which the file is valid', (name, given, expected) => {
    expect(knownActions.size).toBe(12);
    const [, module = '', func = ''] = /^(.*)\.(\w+)$/.exec(`chaosaws.${name}`) ?? [];
    const { text, leftOut } = imported({ method: [action(module, func, given)] });
    expect(leftOut).toEqual([]);
    expect(readExperiment(decided(text), 'x', known).experiment.method[0]).toMatchObject(expected);
  });

  test('lists what it leaves out, in the comment as well', () => {
    const { leftOut, text, value } = imported({
      secrets: { token: { type: 'env', key: 'TOKEN' } },
      method: [
        { type: 'action', name: 'sh', provider: { type: 'process', path: 'rm', arguments: '-rf /' } },
        action('chaosk8s.pod.actions', 'terminate_pods'),
        action('chaosaws.ec2.actions', 'stop_instance', { az: 'eu-west-1a' }),
        { ref: 'the page is up' },
      ],
      rollbacks: [action('chaosaws.ec2.actions', 'start_instances')],
    });
    expect(value.method).toEqual([]);
    expect(leftOut).toEqual([
      'method[0] sh: process',
      'method[1] terminate_pods: chaosk8s.pod.actions.terminate_pods',
      'method[2] stop_instance: chaosaws.ec2.actions.stop_instance',
      'method[3] {"ref":"the page is up"}',
      'rollbacks[0] start_instances: chaosaws.ec2.actions.start_instances',
      'secrets',
    ]);
    for (const what of leftOut) expect(text).toContain(`# - ${what}\n`);
  });

  test('reads YAML, and refuses what is no experiment', () => {
    expect(parse(importChaosToolkit('title: T\nmethod: []\n', 'x').text)).toMatchObject({
      title: 'T',
      method: [],
    });
    for (const text of [
      '',
      '[]',
      'title: [',
      '{"method": 1, "title": "x"}',
      'a: *b',
      `a: ${'x'.repeat(300_000)}`,
    ]) {
      expect(() => importChaosToolkit(text, 'x'), text.slice(0, 20)).toThrow(InvalidInput);
    }
  });

  test('makes a file that parses, and is refused, of whatever experiment it is given', () => {
    const anything = fc.array(
      fc.oneof(
        fc.anything({ maxDepth: 2 }),
        fc.record({
          type: fc.constantFrom('probe', 'action'),
          name: fc.string(),
          provider: fc.record({ type: fc.constantFrom('http', 'python'), url: fc.string() }),
          tolerance: fc.jsonValue(),
        }),
      ),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(fc.string(), fc.string(), anything, anything, (title, description, probes, method) => {
        const given = JSON.stringify({
          title,
          description,
          method,
          'steady-state-hypothesis': { title, probes },
        });
        const { text, leftOut } = importChaosToolkit(given, 'x');
        expect(
          parse(text).steadyState.probes.length +
            parse(text).method.length +
            (parse(text).observations?.length ?? 0),
        ).toBeLessThanOrEqual(probes.length + method.length);
        expect(text.split('\n').filter((line) => line.startsWith('# - '))).toHaveLength(leftOut.length);
        expect(() => readExperiment(text, 'x', known)).toThrow(InvalidInput);
      }),
    );
  });
});
