import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { zippedLayer } from '#bin/zipped-layer.ts';

describe('the zipped layer', () => {
  test('has the hook and its entries, under the folder that becomes /opt/chaos', () => {
    const files = unzipSync(zippedLayer());
    expect(Object.keys(files).sort()).toEqual(['chaos/commonjs.cjs', 'chaos/hook.mjs', 'chaos/module.mjs']);
    // Nothing of zod, or of an SDK.
    expect(files['chaos/hook.mjs']?.length).toBeLessThan(25_000);
  });

  test('is the same whenever and wherever it is made', () => {
    expect(zippedLayer()).toEqual(zippedLayer());
  });
});
