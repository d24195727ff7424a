import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundle } from '#lib/bundle.ts';
import { repository as root } from '../support/child-process.ts';

describe('the library', () => {
  test('stays out of the function', () => {
    const outdir = mkdtempSync(join(tmpdir(), 'holidays-'));
    try {
      bundle({ entry: join(root, 'lambdas/chaos-monkey/handler.ts'), outdir });
      // The license of its data, which stands in the data.
      expect(readFileSync(join(outdir, 'handler.mjs'), 'utf8')).not.toContain('CC-BY-SA');
      bundle({ entry: join(root, 'lib/config/holidays.ts'), outdir });
      expect(readFileSync(join(outdir, 'handler.mjs'), 'utf8')).toContain('CC-BY-SA');
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });
});
