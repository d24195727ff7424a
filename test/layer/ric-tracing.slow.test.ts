import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { repository } from '../support/child-process.ts';
import { become, describeUnderRic, esm, start, struck } from './support/strike-function.ts';

describeUnderRic('the failure layer beside OpenTelemetry', () => {
  const folder = join(repository, '.cache/ric/otel');
  const tracing = fileURLToPath(new URL('support/tracing.mjs', import.meta.url));
  const user =
    "const util = require('node:util');\nexports.handler = async (event) => ({ got: event, util: typeof util });";

  test.each([
    ['nodejs24', 'index.mjs', esm],
    ['nodejs24', 'index.js', user],
    ['nodejs22', 'index.mjs', esm],
    ['nodejs22', 'index.js', user],
  ] as const)('%s, %s: each invocation is traced, whichever comes first', async (runtime, file, code) => {
    const traced = { runtime, files: { [file]: code }, environment: { OTEL_FOLDER: folder } };
    const bare = await start({ ...traced, layer: 'none', options: { before: `--import=${tracing}` } });
    await bare.lambda.ready;
    for (const order of ['before', 'after'] as const) {
      const victim = await struck(
        { latency: { enabled: true, min_latency: 10 } },
        { ...traced, options: { [order]: `--import=${tracing}` } },
      );
      // OpenTelemetry takes the entry for the kind of module that the handler is.
      expect(victim.log().includes('HOOKS')).toBe(bare.log().includes('HOOKS'));
      expect(JSON.parse((await victim.lambda.invoke({ a: 1 })).body).got).toEqual({ a: 1 });
      await victim.printed('SPAN victim');
      await become(victim, { exception: { enabled: true } }, 'strike-2');
      expect((await victim.lambda.invoke({})).kind).toBe('error');
    }
  });
});
