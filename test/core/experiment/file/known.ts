import * as z from 'zod';
import type { Known } from '#core/experiment/file/known.ts';
import type { Probe } from '#core/ports/probe.ts';
import { Time } from '#core/util/time.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from '../../../support/a-config.ts';

const neverMeasured = {
  settlesMs: 0,
  permissions: [],
  what: () => 'something',
  open: () => Promise.reject(new Error('a file is read without measuring')),
} satisfies Partial<Probe>;

/** With the parameters that the files of the tests, and the samples, have. */
const http: Probe = {
  ...neverMeasured,
  type: 'http',
  summary: 'Sends a request.',
  measures: 'events',
  unit: 'ms',
  leastEveryMs: 10,
  parameters: z.strictObject({
    url: z.url('expected a URL').describe('Where to.'),
    method: z.enum(['GET', 'POST', 'OPTIONS']).default('GET').describe('How.'),
    headers: z.record(z.string(), z.string()).default({}).describe('With what.'),
    body: z.string().optional().describe('With what.'),
    expect: z
      .strictObject({
        status: z.union([z.int(), z.string(), z.array(z.int())], 'expected a status').default('2xx'),
        latency: Time.optional(),
        body: z.strictObject({ matches: z.string() }).optional(),
        jsonPath: z.record(z.string(), z.unknown()).optional(),
      })
      .prefault({})
      .describe('What a good answer is.'),
  }),
  refused: (parameters, { hosts }) => {
    const { hostname } = new URL(Object(parameters).url);
    return hosts.includes(hostname) ? undefined : `${hostname} is not among experiments.hosts`;
  },
};

const alarm: Probe = {
  ...neverMeasured,
  type: 'cloudwatch-alarm',
  summary: 'Looks at an alarm.',
  measures: 'state',
  leastEveryMs: 10_000,
  parameters: z.strictObject({ arn: z.string('expected an ARN').describe('Of the alarm.') }),
};

/** All faults, enabled, and two types of probes that measure nothing. */
export const known: Known = {
  config: aConfig({
    faults: [...faults.keys()],
    experiments: { hosts: ['shop.example.com', 'web.example.com'] },
  }),
  faults,
  kinds,
  probes: [http, alarm],
};
