import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { Experiment, type MethodStep } from '#core/model/experiment.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { aConfig } from '../../../support/a-config.ts';
import { known } from './known.ts';

const text = `version: chaos/v1
title: What if listImages is slow?
hypothesis: { if: it takes 300 ms longer, then: pages load within 800 ms }
owner: team-shop
steadyState:
  baseline: 60s
  probes:
    - name: page
      type: http
      url: https://shop.example.com/
      every: 200ms
      expect: { latency: 800ms }
      tolerance: { bad: 5% }
    - name: alarm
      type: cloudwatch-alarm
      arn: arn:aws:cloudwatch:eu-west-1:222222222222:alarm:orders
      every: 10s
      tolerance: { badFor: 0s }
observations:
  - { name: likes, type: http, url: https://shop.example.com/likes, every: 500ms }
method:
  - name: slow
    fault: lambda-latency
    parameters: { ms: 300 }
    target: { kind: function, names: [listImages], accounts: ["222222222222"], regions: [eu-west-1] }
    duration: 90s
  - name: lose
    fault: ec2-terminate
    target: { kind: asg, tags: { app: shop }, select: { percent: 20 } }
    observe: 2m
    startAfter: [slow]
stopConditions:
  - { name: burning, type: cloudwatch-alarm, arn: "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:checkout" }
ramp:
  stages:
    - { lose: { select: { percent: 20 } } }
    - { lose: { select: { percent: 50 } }, slow: { parameters: { ms: 600 }, duration: 2m } }
  pause: 10m
recovery: { within: 2m }
schedule: { cron: 0 10 ? * TUE *, timeZone: Europe/Berlin }
notify: { lead: 15m }
`;

function linesOf(changed: string, limits = known): readonly string[] {
  try {
    const { warnings } = readExperiment(changed, 'slow.yaml', limits);
    return warnings.map(({ path, text, at }) => `warning ${path} (${at?.line}:${at?.column}): ${text}`);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.mistakes.map(
      ({ path, at, expected, found, didYouMean }) =>
        `${path} (${at?.line}:${at?.column}): ${expected}, found ${found}${didYouMean === undefined ? '' : ` -> ${didYouMean}`}`,
    );
  }
}

/** Replaced wherever it is. */
function changed(from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

describe('readExperiment', () => {
  test('fills in every default, and gives times in milliseconds and shares from 0 to 1', () => {
    const { experiment, fileHash, warnings } = readExperiment(text, 'slow.yaml', known);
    expect(warnings).toEqual([]);
    expect(fileHash).toMatch(/^[0-9a-f]{64}$/);
    expect(Experiment.parse(experiment)).toEqual(experiment);
    expect(experiment).toMatchObject({
      tags: [],
      notes: '',
      steadyState: {
        baselineMs: 60_000,
        falseAlarms: 0.01,
        probes: [
          {
            name: 'page',
            everyMs: 200,
            timeoutMs: 3_000,
            tolerance: { bad: 0.05 },
            parameters: { expect: { latency: 800 } },
          },
          {
            name: 'alarm',
            everyMs: 10_000,
            tolerance: { badForMs: 0 },
            parameters: { arn: expect.stringContaining('alarm:orders') },
          },
        ],
      },
      observations: [{ name: 'likes', everyMs: 500 }],
      method: [
        {
          fault: { name: 'lambda-latency', parameters: { ms: 300, maxMs: null, percent: 100, minutes: 3 } },
          target: { kind: 'function', names: ['listImages'], select: { count: 1 } },
          holdMs: 90_000,
          startAfter: [],
        },
        {
          fault: { name: 'ec2-terminate', parameters: { via: 'ec2' } },
          holdMs: 120_000,
          startAfter: ['slow'],
        },
      ],
      stages: [
        { lose: { select: { percent: 20 } } },
        {
          lose: { select: { percent: 50 } },
          slow: { parameters: { ms: 600, maxMs: null, percent: 100, minutes: 3.5 }, holdMs: 120_000 },
        },
      ],
      pauseMs: 600_000,
      recovery: { withinMs: 120_000 },
      schedule: { cron: '0 10 ? * TUE *', timeZone: 'Europe/Berlin' },
      notify: { leadMs: 900_000 },
    });
  });

  test('takes the same as JSON, indented with tabs', () => {
    const json = JSON.stringify(parseYaml(text), null, '\t');
    expect(readExperiment(json, 'slow.json', known).experiment).toEqual(
      readExperiment(text, 'slow.yaml', known).experiment,
    );
  });

  test('measures the load that it makes, and judges it as little as an observation', () => {
    const load = 'load: [{ name: visits, type: http, url: https://web.example.com/, rate: 20/s }]\nmethod:\n';
    const { experiment } = readExperiment(changed('method:\n', load), 'slow.yaml', known);
    expect(experiment.observations).toMatchObject([
      { name: 'likes', everyMs: 500 },
      { name: 'visits', type: 'http', everyMs: 50, timeoutMs: 3_000, parameters: { method: 'GET' } },
    ]);
    expect(experiment.observations[1]?.parameters).not.toHaveProperty('rate');
  });

  test('has one stage, with nothing changed, without a ramp; and steps in the order of the list', () => {
    const short = changed('    startAfter: [slow]\n', '').replace(/ramp:[\s\S]*(?=recovery)/, '');
    const { experiment } = readExperiment(short, 'slow.yaml', known);
    expect(experiment.stages).toEqual([{}]);
    expect(experiment.method.map(({ startAfter }) => startAfter)).toEqual([[], ['slow']]);
    const parallel = changed('startAfter: [slow]', 'startAfter: []');
    expect(readExperiment(parallel, '', known).experiment.method[1]?.startAfter).toEqual([]);
  });

  test('lets a fault end by itself well after its step, however long the strike takes of the minute that it has', () => {
    const { experiment } = readExperiment(changed('duration: 90s', 'duration: 1m'), 'slow.yaml', known);
    const [{ holdMs, fault }] = experiment.method as [MethodStep];
    const { minutes } = fault.parameters as { readonly minutes: number };
    expect(minutes * 60_000).toBeGreaterThanOrEqual(holdMs + 60_000 + 20_000);
  });

  test('tells files apart by their hash', () => {
    const other = changed('team-shop', 'team-web');
    expect(readExperiment(other, '', known).fileHash).not.toBe(readExperiment(text, '', known).fileHash);
  });
});

const mistakes: readonly (readonly [what: string, from: string, to: string, expected: string])[] = [
  // The schedule
  [
    'a schedule of impossible times',
    '0 10 ? * TUE *',
    '99 10 ? * TUE *',
    'schedule.cron (40:13): expected minutes from 0 to 59',
  ],
  [
    'a schedule of a date that never is',
    '0 10 ? * TUE *',
    '0 10 30 2 ? *',
    'schedule.cron (40:13): expected a date that there is: it never runs',
  ],
  [
    'a schedule that looks like an alias',
    '0 10 ? * TUE *',
    '* 10 ? * TUE *',
    'schedule.cron (40:19): expected quotes around a text that begins with *',
  ],
  [
    'a schedule in which runs would overlap',
    '0 10 ? * TUE *',
    '"* * * * ? *"',
    'schedule.cron (40:13): expected at least 34 min 30 s between two runs, as one takes that long, not 1 min',
  ],
  // The text
  ['a duplicate key', 'owner: team-shop', 'owner: a\nowner: b', 'owner (5:1): expected each key once'],
  [
    'a duplicate key further in',
    '{ ms: 300 }',
    '{ ms: 300, ms: 300 }',
    'method[0].parameters.ms (24:28): expected each key once',
  ],
  ['a tab', '  baseline: 60s', '\tbaseline: 60s', 'steadyState (6:1): expected spaces'],
  [
    'a title with a colon',
    'What if listImages',
    'What if: listImages',
    'title (2:8): expected quotes around a text that contains ": "',
  ],
  [
    'an account id without quotes',
    '"222222222222"',
    '222222222222',
    'method[0].target.accounts[0] (25:63): expected an account id in quotes, "222222222222"',
  ],
  [
    'an account id that would lose its zero',
    '"222222222222"',
    '012345678901',
    'method[0].target.accounts[0] (25:63): expected an account id in quotes, "012345678901"',
  ],
  [
    'a variable',
    'owner: team-shop',
    'owner: \u0024{TEAM}',
    'owner (4:1): expected the value itself: nothing replaces \u0024{TEAM}',
  ],
  [
    'a variable in braces',
    '{ ms: 300 }',
    '{ ms: \u0024{MS} }',
    'method[0].parameters.ms (24:24): expected the value itself',
  ],
  [
    'a path without quotes',
    '{ latency: 800ms }',
    '{ jsonPath: { $.a[0]: 1 } }',
    'steadyState.probes[0].expect.jsonPath',
  ],
  [
    'an anchor',
    'owner: team-shop',
    'owner: &team team-shop',
    'owner (4:1): expected no anchors and aliases: write it out, found &team',
  ],
  [
    'an alias',
    'owner: team-shop',
    'owner: *team',
    'owner (4:1): expected no anchors and aliases: write it out, found *team',
  ],
  ['a merge key', 'owner: team-shop', 'owner: team-shop\n<<: {}', '<< (5:1): unknown key, found {}'],
  ['a tag', 'owner: team-shop', 'owner: !!python/object x', 'owner (4:8): expected YAML: Unresolved tag'],
  [
    'a second document',
    'notify: { lead: 15m }',
    '---\nnotify: {}',
    'schedule.timeZone (41:1): expected one document',
  ],
  ['an open bracket', 'startAfter: [slow]', 'startAfter: [slow', 'method[1].startAfter[0]'],
  ['a placeholder', 'owner: team-shop', 'owner: replace-me', 'owner (4:1): expected your own value'],
  [
    'a placeholder of a host',
    'https://shop.example.com/\n',
    'https://replace-me.example.invalid/\n',
    'steadyState.probes[0].url (10:7): expected your own value',
  ],
  [
    'a leading zero',
    '{ ms: 300 }',
    '{ ms: 0300 }',
    'method[0].parameters.ms (24:19): expected 300, or "0300" if it is text',
  ],
  // Keys
  ['an unknown key', 'owner:', 'ownr:', 'ownr (4:1): unknown key, found "team-shop" -> owner'],
  [
    'a missing key',
    'owner: team-shop\n',
    '',
    'owner (1:1): expected a text of up to 200 characters, found nothing',
  ],
  [
    'an unknown key of a probe',
    'url: https://shop.example.com/\n',
    'uri: https://shop.example.com/\n',
    'steadyState.probes[0].url (8:7): expected a URL with http',
  ],
  [
    'an unknown key of a target',
    'names: [listImages]',
    'name: [listImages]',
    'method[0].target.name (25:31): unknown key, found ["listImages"] -> method[0].target.names',
  ],
  ['a text of control characters', 'team-shop', '"\\u0007"', 'owner (4:1): expected no control characters'],
  ['another version', 'chaos/v1', 'chaos/v2', 'version (1:1): expected chaos/v1, found "chaos/v2"'],
  [
    'a text that is a number',
    'team-shop',
    '42',
    'owner (4:1): expected a text of up to 200 characters, found 42',
  ],
  ['a tag of a text', 'owner: team-shop', 'owner: !!str team-shop', 'owner (4:1): expected no tags'],
  ['a tag of a number', 'owner: team-shop', 'owner: !!int 5', 'owner (4:1): expected no tags'],
  ['a tag of nothing', 'owner: team-shop', 'owner: ! team-shop', 'owner (4:1): expected no tags'],
  ['a tag of a map', '{ ms: 300 }', '!!map { ms: 300 }', 'method[0].parameters (24:5): expected no tags'],
  [
    'a tag of a list',
    '[listImages]',
    '!!seq [listImages]',
    'method[0].target.names (25:31): expected no tags',
  ],
  ['a tag of a key', 'owner: team-shop', '!!str owner: team-shop', 'owner (4:7): expected no tags'],
  ['an anchor of a key', 'owner: team-shop', '&o owner: team-shop', 'owner (4:4): expected no anchors'],
  ['a null character', 'team-shop', 'team\u0000shop', '(root) (4:12): expected a text in UTF-8'],
  ['an escaped null character', 'team-shop', '"team\\0shop"', 'owner (4:1): expected no control characters'],
  ['an escape sequence', 'team-shop', '"\\e[2Jteam"', 'owner (4:1): expected no control characters'],
  [
    'a text in another direction',
    'team-shop',
    'team\u202epohs',
    'owner (4:1): expected no control characters',
  ],
  // What the reader is told of what it is, and not of how it is found out
  [
    'a range of statuses in capitals',
    'expect: { latency: 800ms }',
    'expect: { status: 2XX }',
    'steadyState.probes[0].expect.status (12:17): expected a status such as 200, a range such as "2xx", or a list of them, found "2XX"',
  ],
  [
    'a status that is none',
    'expect: { latency: 800ms }',
    'expect: { status: 42 }',
    'steadyState.probes[0].expect.status (12:17): expected a status such as 200',
  ],
  [
    'a status that is none in a list',
    'expect: { latency: 800ms }',
    'expect: { status: [200, 3XX] }',
    'steadyState.probes[0].expect.status[1] (12:31): expected a status such as 200',
  ],
  ...['Host', 'host', 'Content-Length', 'connection', 'Proxy-Authorization'].map(
    (header) =>
      [
        `the header ${header}`,
        'expect: { latency: 800ms }',
        `headers: { ${header}: a }`,
        `steadyState.probes[0].headers.${header} (12:18): expected the name of a header, and none that the connection needs itself`,
      ] as const,
  ),
  [
    'a certificate that is none',
    'expect: { latency: 800ms }',
    'ca: abc',
    'steadyState.probes[0].ca (12:7): expected certificates in PEM',
  ],
  // Times and shares
  [
    'a time without a unit',
    'baseline: 60s',
    'baseline: 60',
    'steadyState.baseline (6:3): expected a time with its unit, such as "200ms", "30s" or "5m", found 60',
  ],
  [
    'a time in words',
    'baseline: 60s',
    'baseline: 60 seconds',
    'steadyState.baseline (6:3): expected a time with its unit',
  ],
  [
    'no baseline',
    'baseline: 60s',
    'baseline: 0s',
    'steadyState.baseline (6:3): expected a time from 1s to 1h, found "0s"',
  ],
  [
    'a share without its sign',
    'bad: 5%',
    'bad: 0.05',
    'steadyState.probes[0].tolerance.bad (13:20): expected a share such as "5%", found 0.05',
  ],
  [
    'a share above a half',
    'bad: 5%',
    'bad: 51%',
    'steadyState.probes[0].tolerance.bad (13:20): expected a share of at most 50%, found "51%"',
  ],
  [
    'no false alarms at all',
    'baseline: 60s',
    'falseAlarms: 0%',
    'steadyState.falseAlarms (6:3): expected a share above 0%, up to 10%, found "0%"',
  ],
  // Probes
  [
    'an unknown type of probe',
    'type: http\n',
    'type: htp\n',
    `steadyState.probes[0].type (9:7): expected a type of probe: ${known.probes.map(({ type }) => type).join(', ')}, found "htp" -> http`,
  ],
  [
    'an event with the tolerance of a state',
    '{ bad: 5% }',
    '{ badFor: 0s }',
    'steadyState.probes[0].tolerance.bad (13:7): expected a share such as "5%", found nothing',
  ],
  [
    'a state with the tolerance of events',
    '{ badFor: 0s }',
    '{ bad: 5% }',
    'steadyState.probes[1].tolerance.badFor (18:7): expected a time',
  ],
  [
    'no tolerance',
    '      tolerance: { bad: 5% }\n',
    '',
    'steadyState.probes[0].tolerance (8:7): expected { bad: 5% }, found nothing',
  ],
  [
    'an observation with a tolerance',
    'every: 500ms }',
    'every: 500ms, tolerance: { bad: 5% } }',
    'observations[0].tolerance (20:83): unknown key',
  ],
  [
    'a probe that measures too often',
    'every: 10s',
    'every: 9s',
    'steadyState.probes[1].every (17:7): expected a time from 10s to 10m, found "9s"',
  ],
  [
    'two probes of one name',
    'name: alarm',
    'name: page',
    'steadyState.probes[1].name (14:7): expected a name of its own, found "page"',
  ],
  [
    'an observation with the name of a probe',
    'name: likes',
    'name: page',
    'observations[0].name (20:7): expected a name of its own, found "page"',
  ],
  [
    'a name with a space',
    'name: page',
    'name: the page',
    'steadyState.probes[0].name (8:7): expected a name',
  ],
  [
    'a host that is not allowed',
    'url: https://shop.example.com/\n',
    'url: https://169.254.169.254/\n',
    'steadyState.probes[0].url (10:7): expected what probes may measure: 169.254.169.254 is link-local',
  ],
  [
    'too many samples',
    'every: 200ms',
    'every: 10ms',
    'steadyState.probes (7:3): expected at most 100 samples a second of all probes together, as the configuration says (experiments.maxSamplesPerSecond), not 102.1',
  ],
  [
    'more samples that may wait than a function can hold',
    'every: 200ms',
    'every: 100ms\n      timeout: 51s',
    'steadyState.probes (7:3): expected at most 512 samples that wait for an answer, of all probes together (timeout / every), not 517: a shorter timeout helps',
  ],
  [
    'no probes',
    'probes:\n',
    'probes: []\nnotes: |\n',
    'steadyState.probes (7:3): expected 1 to 20 entries, found []',
  ],
  [
    'a load without a rate',
    'method:\n',
    'load: [{ name: visits, type: http, url: https://web.example.com/ }]\nmethod:\n',
    'load[0].rate (21:8): expected a rate from "0.1/s" to "100/s", found nothing',
  ],
  [
    'a load faster than its type measures',
    'method:\n',
    'load: [{ name: visits, type: lambda-invoke, function: "arn:aws:lambda:eu-west-1:222222222222:function:prober", rate: 11/s }]\nmethod:\n',
    'load[0].rate (21:',
  ],
  [
    'a load of states',
    'method:\n',
    'load: [{ name: visits, type: cloudwatch-alarm, rate: 1/s }]\nmethod:\n',
    'load[0].type (21:',
  ],
  [
    'a load with the name of an observation',
    'method:\n',
    'load: [{ name: likes, type: http, url: https://web.example.com/, rate: 1/s }]\nmethod:\n',
    'load[0].name (21:',
  ],
  [
    'a load that makes too many samples together',
    'method:\n',
    'load: [{ name: visits, type: http, url: https://web.example.com/, rate: 100/s }]\nmethod:\n',
    'steadyState.probes (7:3): expected at most 100 samples a second of all probes together',
  ],
  // Steps
  [
    'an unknown fault',
    'fault: lambda-latency',
    'fault: lambda-latencyy',
    'method[0].fault (23:5): expected the name of a fault (docs/faults.md lists them), found "lambda-latencyy" -> lambda-latency',
  ],
  ['no fault', '    fault: ec2-terminate\n', '', 'method[1].fault (27:5): expected the name of a fault'],
  [
    'an unknown parameter',
    '{ ms: 300 }',
    '{ milliseconds: 300 }',
    'method[0].parameters.milliseconds (24:19): unknown parameter: lambda-latency has ms, maxMs, percent, found 300',
  ],
  [
    'a parameter out of range',
    '{ ms: 300 }',
    '{ ms: -1 }',
    'method[0].parameters.ms (24:19): expected an integer from 0 to 900000, found -1',
  ],
  [
    'parameters that contradict each other',
    '{ ms: 300 }',
    '{ ms: 300, maxMs: 200 }',
    'method[0].parameters.maxMs (24:28): expected at least as many as `ms`, or null, found 200',
  ],
  [
    'minutes',
    '{ ms: 300 }',
    '{ ms: 300, minutes: 5 }',
    'method[0].parameters.minutes (24:28): expected duration, beside the parameters, instead, found 5',
  ],
  [
    'the kind of another fault',
    'kind: function',
    'kind: asg',
    'method[0].target.kind (25:15): expected function, which is what lambda-latency strikes, found "asg"',
  ],
  [
    'an unknown kind',
    'kind: asg',
    'kind: asgs',
    'method[1].target.kind (29:15): expected asg or tag, which is what ec2-terminate strikes, found "asgs" -> asg',
  ],
  [
    'an account of nobody',
    '"222222222222"',
    '"222222222223"',
    'method[0].target.accounts[0] (25:63): expected one of the configuration\'s accounts, found "222222222223" -> 222222222222',
  ],
  [
    'a region of nobody',
    '[eu-west-1]',
    '[eu-west-2]',
    'method[0].target.regions[0] (25:90): expected one of the configuration\'s regions, found "eu-west-2" -> eu-west-1',
  ],
  [
    'a lasting fault that is observed',
    'duration: 90s',
    'observe: 90s',
    'method[0].duration (22:5): expected a time',
  ],
  [
    'a fault done once with a duration',
    'observe: 2m',
    'duration: 2m',
    'method[1].observe (27:5): expected a time',
  ],
  [
    'a fault that lasts too long',
    'duration: 90s',
    'duration: 16m',
    'method[0].duration (26:5): expected at most 810s: what the configuration allows (maxFaultMinutes) counts from before the injection, found "16m"',
  ],
  [
    'two steps of one name',
    'name: lose',
    'name: slow',
    'method[1].name (27:5): expected a name of its own, found "slow"',
  ],
  [
    'a step after none',
    'startAfter: [slow]',
    'startAfter: [slov]',
    'method[1].startAfter[0] (31:18): expected the name of a step, found "slov" -> slow',
  ],
  [
    'a step after itself',
    'startAfter: [slow]',
    'startAfter: [lose]',
    'method[1].startAfter (31:5): expected steps that can begin before lose: lose would wait for it',
  ],
  [
    'steps after each other',
    'duration: 90s',
    'duration: 90s\n    startAfter: [lose]',
    'method[0].startAfter (27:5): expected steps that can begin before slow',
  ],
  // The blast radius
  [
    'too large a share',
    '{ percent: 20 } }\n    observe',
    '{ percent: 60 } }\n    observe',
    'method[1].target.select.percent (29:57): expected at most 50 percent, the blast radius in the configuration (experiments.maxPercent), found 60',
  ],
  [
    'all',
    '{ percent: 20 } }\n    observe',
    'all }\n    observe',
    'method[1].target.select (29:47): expected at most 50 percent, the blast radius in the configuration (experiments.maxPercent): all is 100, found "all"',
  ],
  [
    'too large a share in a stage',
    '{ percent: 50 }',
    '{ percent: 75 }',
    'ramp.stages[1].lose.select.percent (37:27): expected at most 50 percent',
  ],
  [
    'a share out of range',
    '{ percent: 50 }',
    '{ percent: 101 }',
    'ramp.stages[1].lose.select.percent (37:27): expected a number above 0, up to 100, found 101',
  ],
  [
    'a count of none',
    '{ percent: 50 }',
    '{ count: 0 }',
    'ramp.stages[1].lose.select.count (37:27): expected a whole number, at least 1, found 0',
  ],
  [
    'half a selection',
    '{ percent: 50 }',
    'half',
    'ramp.stages[1].lose.select (37:17): expected { count: 1 }, { percent: 25 } or all, found "half"',
  ],
  // The ramp
  [
    'a stage of no step',
    '{ lose: { select: { percent: 50 } },',
    '{ loose: { select: { percent: 50 } },',
    'ramp.stages[1].loose (37:9): expected the name of a step',
  ],
  [
    'a ramp that shrinks',
    '{ percent: 50 }',
    '{ percent: 10 }',
    'ramp.stages[1].lose.select (37:17): expected at least as many targets of lose as in the stage before: 20 percent, not 10 percent',
  ],
  [
    'a ramp that shrinks in numbers',
    '{ percent: 20 } } }\n    - { lose: { select: { percent: 50 } }',
    '{ count: 3 } } }\n    - { lose: { select: { count: 2 } }',
    'ramp.stages[1].lose.select (37:17): expected at least as many targets of lose as in the stage before: 3, not 2',
  ],
  [
    'a ramp that shrinks by what it leaves out',
    '{ lose: { select: { percent: 20 } } }',
    '{ lose: { select: { percent: 30 } } }\n    - { slow: {} }',
    'ramp.stages[1] (37:7): expected at least as many targets of lose as in the stage before: 30 percent, not 20 percent',
  ],
  [
    'a stage that lasts too long',
    'duration: 2m',
    'duration: 20m',
    'ramp.stages[1].slow.duration (37:77): expected at most 810s',
  ],
  [
    'a stage with a wrong parameter',
    '{ ms: 600 }',
    '{ m: 600 }',
    'ramp.stages[1].slow.parameters.m (37:66): unknown parameter',
  ],
  [
    'a stage that observes what lasts',
    'duration: 2m',
    'observe: 2m',
    'ramp.stages[1].slow.observe (37:77): expected duration instead, as in the method, found "2m"',
  ],
  // The rest
  [
    'a stop condition that is no alarm',
    ':alarm:checkout',
    ':alarms:checkout',
    'stopConditions[0].arn (33:46): expected the ARN of a CloudWatch alarm',
  ],
  [
    'a time zone in another spelling',
    'Europe/Berlin',
    'europe/berlin',
    'schedule.timeZone (40:35): expected the exact spelling "Europe/Berlin"',
  ],
  [
    'a schedule with five parts',
    '0 10 ? * TUE *,',
    '0 10 * * 2,',
    'schedule.cron (40:13): expected a schedule such as',
  ],
  // What a host takes
  [
    'a recovery in which a probe is measured twice',
    'within: 2m',
    'within: 29s',
    'recovery.within (39:13): expected at least 30s, in which alarm is measured 3 times, not 29s',
  ],
  [
    'a baseline in which a probe is measured twice',
    'baseline: 60s',
    'baseline: 29s',
    'steadyState.baseline (6:3): expected at least 30s, in which alarm is measured 3 times, not 29s',
  ],
  [
    'more to watch than an execution has operations',
    'observe: 2m',
    'observe: 24h',
    'ramp.stages (35:3): expected less to watch in all stages together: an execution on AWS has at most 3,000 operations, and watching takes one a minute, so this takes up to 3,536',
  ],
  [
    'more days than an execution takes',
    'pause: 10m',
    'pause: 9000h',
    'ramp.pause (38:3): expected pauses with which all of it takes at most 366 days, as an execution on AWS may, not 376',
  ],
];

describe('readExperiment refuses, with its path, line and column,', () => {
  test.each(mistakes)('%s', (_, from, to, expected) => {
    const [found = ''] = linesOf(changed(from, to)).filter((line) => line.startsWith(expected));
    expect(found, linesOf(changed(from, to)).join('\n')).not.toBe('');
  });

  test('a fault that the configuration does not enable', () => {
    const config = aConfig({ faults: ['ec2-terminate'], experiments: { hosts: ['shop.example.com'] } });
    expect(linesOf(text, { ...known, config })).toEqual([
      'method[0].fault (23:5): expected a fault that the configuration enables (faults): ec2-terminate, found "lambda-latency"',
    ]);
  });

  test('several mistakes at once, in the order of the text', () => {
    const several = changed('bad: 5%', 'bad: 60%')
      .replace('owner', 'ownr')
      .replace('"222222222222"', '222222222222');
    expect(linesOf(several).map((line) => line.replace(/:.*/, ''))).toEqual([
      'owner (1',
      'ownr (4',
      'steadyState.probes[0].tolerance.bad (13',
      'method[0].target.accounts[0] (25',
    ]);
  });

  test.each([
    [
      'nothing',
      '',
      '(root) (1:1): expected an experiment: version, title, hypothesis, and so on, found null',
    ],
    ['a text', 'chaos', expect.stringContaining('expected an experiment')],
    ['a list', '[]', expect.stringContaining('expected an experiment')],
    [
      'a file that is too large',
      `notes: ${'x'.repeat(100_000)}`,
      '(root) (undefined:undefined): expected at most 100000 characters, found 100007',
    ],
    ['a deep one', '['.repeat(50_000), expect.stringContaining('expected at most 20 levels')],
    [
      'deep mappings',
      `notes: ${'{ a: '.repeat(30)}1${' }'.repeat(30)}`,
      expect.stringContaining('expected at most 20 levels'),
    ],
  ])('%s', (_, given, expected) => {
    expect(linesOf(given)).toEqual([expected]);
  });
});

describe('readExperiment warns of', () => {
  test('a state that may be bad for as long as the faults last', () => {
    const [most, less] = ['badFor: 4m', 'badFor: 239s'].map((badFor) => changed('badFor: 0s', badFor));
    expect(linesOf(most ?? '')).toEqual([
      'warning steadyState.probes[1].tolerance.badFor (18:20): faults are in effect for 4m at most: whatever they do, it is never bad for longer than 4m',
    ]);
    expect(linesOf(less ?? '', { ...known, loopback: true })).toEqual([]);
  });

  test('stages that are equal', () => {
    const equal = changed(
      '{ lose: { select: { percent: 50 } }, slow: { parameters: { ms: 600 }, duration: 2m } }',
      '{ slow: { duration: 90s } }',
    );
    expect(linesOf(equal)).toEqual([
      'warning ramp.stages[1] (37:7): the stage is equal to the one before, and shows nothing more',
    ]);
  });

  test('a schedule in which a run may not be over when the next is due', () => {
    expect(linesOf(changed('0 10 ? * TUE *', '0/35 * * * ? *').replace('lead: 15m', 'lead: 5m'))).toEqual([
      'warning schedule.cron (40:13): one run may take 28 min 30 s, and the next is due 25 min after it began',
    ]);
  });

  test('a probe that would notice nothing in a stage, as its faults may be over before they show', () => {
    const few = changed('duration: 90s', 'duration: 72s').replace('observe: 2m', 'observe: 1s');
    expect(linesOf(few)).toEqual([
      'warning steadyState.probes[0] (8:7): in stage 1, it is measured 10 times once the faults are sure to show on AWS, after 71s, and takes 14 to notice even an outage: nothing can be survived. Hold them for 1s more, or measure more often',
      'warning steadyState.probes[1] (14:7): in stage 1, it is measured 0 times once the faults are sure to show on AWS, after 70s, and takes 1 to notice even an outage: nothing can be survived. Hold them for 10s more, or measure more often',
    ]);
    expect(linesOf(few, { ...known, loopback: true })).toEqual([]);
  });
});

test('whatever is changed in the text, it is read or refused, and each mistake has a place in it', () => {
  const position = fc.nat({ max: text.length - 1 });
  const snippet = fc.constantFrom(
    '',
    ' ',
    '\n',
    '\t',
    ':',
    '- ',
    '{',
    '}',
    '[',
    '"',
    "'",
    '&a ',
    '*a',
    '!t ',
    '%',
    '\u0024{x}',
    '0',
    'null',
    '~',
    '#',
    '|',
    '<<: ',
  );
  fc.assert(
    fc.property(position, fc.nat({ max: 12 }), snippet, (at, length, put) => {
      const broken = text.slice(0, at) + put + text.slice(at + length);
      try {
        readExperiment(broken, 'broken.yaml', known);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInput);
        const lines = broken.split('\n');
        for (const { at } of (error as InvalidInput).mistakes) {
          expect(at?.line).toBeLessThanOrEqual(lines.length);
          expect(at?.column).toBeLessThanOrEqual((lines[(at?.line ?? 0) - 1]?.length ?? 0) + 1);
        }
      }
    }),
    { numRuns: 30 },
  );
});

describe('a text that is not in UTF-8', () => {
  const umlauts = text.replace('team-shop', 'M\u00fcller');
  const bytes = {
    latin1: Buffer.from(umlauts, 'latin1'),
    'utf-16': Buffer.from(umlauts, 'utf16le'),
    'utf-16 with its mark': Buffer.from(`\ufeff${umlauts}`, 'utf16le'),
    'utf-16, the larger first': Buffer.from(`\ufeff${umlauts}`, 'utf16le').swap16(),
    'shift-jis': Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0x83, 0x65, 0x83, 0x58])]),
    'half of a character': Buffer.from(umlauts).subarray(0, Buffer.from(umlauts).indexOf(0xc3) + 1),
  };

  test.each(Object.entries(bytes))('is refused: %s', (_, encoded) => {
    expect(linesOf(encoded.toString('utf8'))).toEqual([
      expect.stringMatching(/^\(root\) \(\d+:\d+\): expected a text in UTF-8/),
    ]);
  });

  test.each(['M\u00fcller', '\u60c5\u5831', '\u{1f469}\u200d\u{1f4bb}', 'line\u00a0one'])(
    'is not %s',
    (owner) => {
      expect(linesOf(changed('team-shop', owner))).toEqual([]);
      expect(linesOf(`\ufeff${changed('team-shop', owner)}`)).toEqual([]);
    },
  );
});

test('a schedule that is none is one mistake', () => {
  for (const cron of ['0 10 * * *', '"0 10 * * TUE"', 'daily', '""']) {
    const lines = linesOf(changed('0 10 ? * TUE *', cron));
    expect(lines, cron).toEqual([
      expect.stringMatching(/^schedule\.cron \(40:13\): expected a schedule such as/),
    ]);
  }
});

test('a key that is elsewhere, but in a list, is not meant', () => {
  const [line = ''] = linesOf(changed('{ name: burning, ', '{ name: burning, url: "https://x/", '));
  expect(line).toMatch(/^stopConditions\[0\]\.url \(\d+:\d+\): unknown key, found "https:\/\/x\/"$/);
});

test('a tolerance of another kind of probe is unknown, and what is expected instead is said', () => {
  const ofEvents = linesOf(changed('tolerance: { bad: 5% }', 'tolerance: { badFor: 5s }'));
  expect(ofEvents).toEqual([
    expect.stringContaining('probes[0].tolerance.bad (13:7): expected a share'),
    'steadyState.probes[0].tolerance.badFor (13:20): unknown key, found "5s"',
  ]);
  const ofState = linesOf(changed('tolerance: { badFor: 0s }', 'tolerance: { bad: 5% }'));
  expect(ofState).toEqual([
    expect.stringContaining('probes[1].tolerance.badFor (18:7): expected a time'),
    'steadyState.probes[1].tolerance.bad (18:20): unknown key, found "5%"',
  ]);
});

describe('a schedule that is over', () => {
  const at = (cron: string, now: string | undefined) =>
    linesOf(changed('0 10 ? * TUE *', cron), {
      ...known,
      ...(now !== undefined && { now: Date.parse(now) }),
    });

  test.each([
    ['0 10 1 1 ? 2020', '2026-11-23T09:00:00Z'],
    ['0 10 1 1 ? 2018-2020', '2026-11-23T09:00:00Z'],
    // In Berlin, it was at nine.
    ['0 10 23 11 ? 2026', '2026-11-23T09:00:01Z'],
  ])('%s at %s is refused where a file is checked, and not where it is run', (cron, now) => {
    expect(at(cron, now)).toEqual([
      `schedule.cron (40:13): expected a time to come: it never runs again, found "${cron}"`,
    ]);
    expect(at(cron, undefined)).toEqual([]);
  });

  test('is not one that runs once more', () => {
    expect(at('0 10 23 11 ? 2026', '2026-11-23T08:59:59Z')).toEqual([]);
    expect(at('0 10 1 1 ? 2020/7', '2026-11-23T08:59:59Z')).toEqual([]);
  });
});

describe('a warning of a probe', () => {
  const expectation = 'expect: { latency: 800ms }';
  const warned = (to: string) => linesOf(changed(expectation, to));
  const secret = 'all who read the file read it';

  test('that is slower than its timeout says that it never is', () => {
    expect(warned('expect: { latency: 5s }\n      timeout: 2s')).toEqual([
      expect.stringMatching(
        /^warning steadyState\.probes\[0\]\.expect\.latency \(12:17\): .* after 2s, .* as slow as 5s$/,
      ),
    ]);
    expect(warned('expect: { latency: 4s }')).toHaveLength(1);
    expect(warned('expect: { latency: 3s }')).toEqual([]);
    expect(warned('expect: { latency: 2s }\n      timeout: 2s')).toEqual([]);
  });

  test.each([
    ['Authorization', 'Bearer abc'],
    ['authorization', 'abc'],
    ['Cookie', 'sid=1'],
    ['X-Api-Key', 'abc'],
    ['x-auth-token', 'abc'],
    ['X-Forwarded-By', 'Bearer abc'],
  ])('whose header %s says %s asks whether that is a credential', (name, value) => {
    expect(warned(`headers: { ${name}: "${value}" }`)).toEqual([
      expect.stringContaining(
        `warning steadyState.probes[0].headers.${name} (12:18): a credential? ${secret}`,
      ),
    ]);
    expect(warned(`headers: { ${name}: { secret: /chaos-monkey/probes/a } }`)).toEqual([]);
  });

  test('that has one in its URL, its body or its payload asks as well, wherever it is', () => {
    const url = 'https://shop.example.com/?api_key=1';
    const at = (lines: readonly string[]) => lines.map((line) => line.replace(/\).*/, ')'));
    expect(at(linesOf(changed('https://shop.example.com/\n', `${url}\n`)))).toEqual([
      'warning steadyState.probes[0].url (10:7)',
    ]);
    expect(at(linesOf(changed('https://shop.example.com/likes', url)))).toEqual([
      'warning observations[0].url (20:32)',
    ]);
    const load = `load: [{ name: visits, type: http, url: "${url}", rate: 20/s }]\nmethod:\n`;
    expect(at(linesOf(changed('method:\n', load)))).toEqual(['warning load[0].url (21:36)']);
    expect(at(warned(`body: '{"password": "1"}'\n      method: POST`))).toEqual([
      'warning steadyState.probes[0].body (12:7)',
    ]);
    const prober = 'arn:aws:lambda:eu-west-1:222222222222:function:prober';
    const invoked = `{ name: likes, type: lambda-invoke, function: "${prober}", payload: { user: { token: a } } }`;
    expect(
      at(
        linesOf(
          changed('{ name: likes, type: http, url: https://shop.example.com/likes, every: 500ms }', invoked),
        ),
      ),
    ).toEqual([expect.stringMatching(/^warning observations\[0\]\.payload /)]);
  });

  test.each([
    'headers: { accept: text/html, x-tokens-left: "3" }',
    'body: a=1',
    'body: \'{"user": "alice"}\'',
  ])('is not given for %s', (to) => {
    expect(warned(to)).toEqual([]);
  });
});
