import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withBundle } from './with-bundle.ts';

/** What the function's process measures about itself. */
export interface HttpSweep {
  readonly accounts: number;
  readonly groups: number;
  readonly wallMs: number;
  readonly cpuMsPerAccountRegion: number;
  /** Memory of the whole process, including Node and the code, as Lambda counts it. */
  readonly peakMemoryMb: number;
}

/** Limits V8's heap: without a limit, V8 uses whatever the machine has, and the measurement means little. */
const smallHeap = ['--max-old-space-size=160', '--max-semi-space-size=4'];

/** Runs the bundled function and the server in separate processes, so that each one's work is measured separately. */
export async function sweepOverHttp(accounts: number): Promise<HttpSweep> {
  return withBundle(accounts, async (outdir) => {
    const server = fork(new URL('./canned-aws.ts', import.meta.url));
    try {
      const [port] = (await once(server, 'message')) as [number];
      const handler = pathToFileURL(join(outdir, 'handler.mjs')).href;
      const sweep = fork(new URL('./http-sweeper.mjs', import.meta.url), [handler, String(accounts)], {
        env: {
          AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
          AWS_REGION: 'eu-west-1',
          AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'secret',
          TABLE_NAME: 'chaos',
          TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:chaos',
          NOT_RECOVERED_TOPIC_ARN: 'arn:aws:sns:eu-west-1:111111111111:chaos-not-recovered',
        },
        execArgv: smallHeap,
        // The log lines of 40,000 decisions are written, as in Lambda, and discarded.
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      const [measured] = (await Promise.race([once(sweep, 'message'), died(sweep)])) as [HttpSweep];
      return measured;
    } finally {
      server.kill();
    }
  });
}

async function died(child: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(child, 'exit');
  throw new Error(`the sweep ended with exit code ${code}`);
}
