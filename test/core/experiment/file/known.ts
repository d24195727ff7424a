import * as z from 'zod';
import type { Known } from '#core/experiment/file/known.ts';
import type { Probe } from '#core/ports/probe.ts';
import { Time } from '#core/util/time.ts';
import { faults } from '#faults/registry.ts';
import { kinds } from '#targets/registry.ts';
import { aConfig } from '../../../support/a-config.ts';

const neverOpened = () => Promise.reject(new Error('a file is read without measuring'));

/** As few parameters as the files of the tests, and the samples, need. */
const http: Probe = {
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
        status: z.union([z.int(), z.array(z.int())]).optional(),
        latency: Time.optional(),
        bodyMatches: z.string().optional(),
        jsonPath: z.record(z.string(), z.unknown()).optional(),
        headers: z.record(z.string(), z.string()).optional(),
      })
      .describe('What a good answer is.'),
  }),
  refused: (parameters, { hosts }) => {
    const { hostname } = new URL(Object(parameters).url);
    return hosts.includes(hostname) ? undefined : `${hostname} is not among experiments.hosts`;
  },
  open: neverOpened,
};

const alarm: Probe = {
  type: 'cloudwatch-alarm',
  summary: 'Looks at an alarm.',
  measures: 'state',
  leastEveryMs: 10_000,
  parameters: z.strictObject({ arn: z.string().describe('Of the alarm.') }),
  open: neverOpened,
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
