import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sampleConfig } from '#cli/sandbox/sample-config.ts';
import { validateSample } from '#cli/sandbox/validate-sample.ts';
import { readExperiment } from '#core/experiment/file/read-experiment.ts';
import { faults } from '#faults/registry.ts';
import { probes } from '#probes/registry.ts';
import { kinds } from '#wiring/kinds.ts';

const folder = fileURLToPath(new URL('../../../experiments/', import.meta.url));

function validated(name: string, change = (text: string) => text) {
  const text = change(readFileSync(`${folder}${name}`, 'utf8'));
  const known = { config: sampleConfig(Date.now()), faults, kinds, probes, loopback: true };
  return validateSample(readExperiment(text, name, known).experiment);
}

describe('validating the samples, with what their probes ask as processes of this machine', () => {
  test.each(['latency.yaml', 'group-loses-instance.yaml'])(
    '%s finds its targets, and its probes see what is good',
    async (name) => {
      const { problems, stages, samples } = await validated(name);
      expect(problems).toEqual([]);
      expect(stages.flat().every(({ groups }) => groups.length > 0)).toBe(true);
      expect(samples.map(({ is }) => is)).toEqual(['good']);
    },
  );

  test('names what it cannot find, and a page that is not as expected', async () => {
    const { problems } = await validated('latency.yaml', (text) =>
      text.replace('[listImages]', '[listPictures]').replace('status: 200', 'status: 418'),
    );
    expect(problems).toEqual([
      { about: 'step slow', text: 'it can strike nothing: nothing that has opted in matches' },
      { about: 'probe page', text: 'its sample is bad: status 200' },
    ]);
  });
});
