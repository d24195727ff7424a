import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { zippedLayer } from '#bin/zipped-layer.ts';

describe('the zipped layer', () => {
  test('has the hook and its entries, under the folder that becomes /opt/chaos', () => {
    const files = unzipSync(zippedLayer());
    const names = ['commonjs.cjs', 'hook.mjs', 'install.mjs', 'module.mjs'];
    expect(Object.keys(files).sort()).toEqual(names.map((name) => `chaos/${name}`));
    // Nothing of zod, or of an SDK.
    expect(files['chaos/install.mjs']?.length).toBeLessThan(25_000);
    // What is not the runtime loads nothing else.
    expect(files['chaos/hook.mjs']?.length).toBeLessThan(500);
  });

  test('is the same whenever and wherever it is made', () => {
    expect(zippedLayer()).toEqual(zippedLayer());
  });
});
