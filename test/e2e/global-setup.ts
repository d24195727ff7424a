import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { motoAvailable } from '../support/moto.ts';
import { variants } from './config.ts';
import { synthesize } from './synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder with what `cdk synth` made. */
    readonly assemblies: string;
  }
}

/** Synthesizes once, before all e2e tests. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (!motoAvailable()) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'chaos-e2e-'));
  const removed = () => rm(folder, { recursive: true });
  const made = await Promise.allSettled(variants.map((variant) => synthesize(folder, variant)));
  for (const one of made) {
    if (one.status === 'fulfilled') continue;
    await removed();
    throw one.reason;
  }
  project.provide('assemblies', folder);
  return removed;
}
