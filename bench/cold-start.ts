import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBundle } from './with-bundle.ts';

const starts = 9;

/** Measures the time from process start until the handler can be called: the median of nine. */
export async function coldStart(): Promise<{
  readonly bundleMb: number;
  readonly readyMs: number;
  readonly nodeAloneMs: number;
}> {
  return withBundle(3, async (outdir) => {
    const file = join(outdir, 'handler.mjs');
    const ready: number[] = [];
    const alone: number[] = [];
    for (let start = 0; start < starts; start += 1) {
      alone.push(await timeToLoad('node:fs'));
      ready.push(await timeToLoad(pathToFileURL(file).href));
    }
    return {
      bundleMb: statSync(file).size / 1e6,
      readyMs: median(ready),
      nodeAloneMs: median(alone),
    };
  });
}

async function timeToLoad(module: string): Promise<number> {
  const startedAt = performance.now();
  const child = fork(new URL('./load-module.mjs', import.meta.url), [module], {
    env: {
      AWS_REGION: 'eu-west-1',
      TABLE_NAME: 'chaos',
      TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:chaos',
      NOT_RECOVERED_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:chaos-not-recovered',
    },
  });
  await once(child, 'message');
  const elapsed = performance.now() - startedAt;
  child.kill();
  return elapsed;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
