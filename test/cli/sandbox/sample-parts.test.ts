import { expect, test } from 'vitest';
import { sampleConfig } from '#cli/sandbox/sample-config.ts';
import { samplePartsOf } from '#cli/sandbox/sample-parts.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';

const known = {
  config: sampleConfig(Date.parse('2026-11-23T09:00:00Z')),
  faults,
  kinds,
  probes,
  loopback: true,
};

const parts = (probe: string, step: string) =>
  samplePartsOf(
    readExperiment(
      `version: chaos/v1
title: What if something breaks?
hypothesis: { if: it breaks, then: nobody notices }
owner: team-shop
steadyState:
  probes:
    - { name: seen, ${probe} }
method:
  - { name: break, ${step} }
`,
      'file.yaml',
      known,
    ).experiment,
  );

const alarm =
  'type: cloudwatch-alarm, arn: "arn:aws:cloudwatch:eu-west-1:222222222222:alarm:errors", every: 10s, tolerance: { badFor: 0s }';
const slow = 'fault: lambda-latency, target: { kind: function, names: [listImages] }, duration: 5m';
const terminate = 'fault: ec2-terminate, target: { kind: asg, names: [web] }, observe: 5m';
const page = (host: string) => `type: http, url: "https://${host}/", every: 1s, tolerance: { bad: 5% }`;

test.each([
  [page('shop.example.com'), slow, { shop: true, web: false }],
  [page('web.example.com'), terminate, { shop: false, web: true }],
  // What is struck must be there, whatever is asked.
  [alarm, slow, { shop: true, web: false }],
  [alarm, terminate, { shop: false, web: true }],
  [page('web.example.com'), slow, { shop: true, web: true }],
  [
    'type: group-healthy, group: "222222222222/eu-west-1/asg/web", atLeast: 1, every: 10s, tolerance: { badFor: 1m }',
    slow,
    { shop: true, web: true },
  ],
])('a probe %j with %j needs %j', (probe, step, needed) => {
  expect(parts(probe, step)).toEqual(needed);
});
