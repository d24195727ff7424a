import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '#lib/bundle.ts';
import { wideConfig } from './wide-config.ts';

/** Bundles the function as deployed, with a configuration of this many accounts, for the duration of `work`. */
export async function withBundle<Result>(
  accounts: number,
  work: (outdir: string) => Promise<Result>,
): Promise<Result> {
  const outdir = mkdtempSync(join(tmpdir(), 'chaos-bench-'));
  try {
    const entry = fileURLToPath(new URL('../lambdas/chaos-monkey/handler.ts', import.meta.url));
    bundle({ entry, outdir, config: wideConfig(accounts) });
    return await work(outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
