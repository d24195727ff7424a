import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { AccountId, Region } from '#core/model/aws-names.ts';
import { messageOf } from '#core/util/error-text.ts';
import type { ConfigFile } from './open-config.ts';
import type { ConfigAnswer } from './read-deployment-keys.ts';

const Account = z
  .union([AccountId.transform((id) => ({ id })), z.object({ id: AccountId, regions: z.array(Region) })])
  .or(z.object({ id: AccountId }));

/** What an emergency needs to know from a configuration. An invalid part is undefined; the others remain usable. */
const ConfigSummary = z
  .object({
    master: z
      .object({
        account: AccountId.optional().catch(undefined),
        region: Region.optional().catch(undefined),
      })
      .catch({ account: undefined, region: undefined }),
    timeZone: z.string().default('UTC').or(z.undefined()).catch(undefined),
    leashed: z.boolean().default(true).or(z.undefined()).catch(undefined),
    accounts: z.array(Account).or(z.undefined()).catch(undefined),
    regions: z.array(Region).catch([]),
    deploysExperiments: z.boolean().catch(false),
  })
  .transform(({ accounts, regions, ...rest }) => ({
    ...rest,
    /** Each with its regions. */
    accounts: accounts?.map((account) => ({ regions, ...account })),
  }));
export type ConfigSummary = z.output<typeof ConfigSummary>;

/** Longer than any reasonable configuration takes to load. */
const longestMs = 3_000;

/**
 * Reads what a configuration says about the deployment, even if the rest is invalid: a stop must not wait until a mistake elsewhere
 * is fixed. The file is a program that may hang or exit, so it runs in a process of its own, for at most three seconds. A string is
 * the reason why nothing could be read.
 */
export async function readConfigSummary(
  { path, shown, ambiguous }: ConfigFile,
  patienceMs: number = longestMs,
): Promise<ConfigSummary | string> {
  if (ambiguous !== undefined) return ambiguous.message;
  if (!existsSync(path)) return `There is no configuration ${shown}`;
  const cache = getCompileCacheDir() ?? '';
  // The configuration may write to any descriptor: only a line that starts with this token is the answer.
  const token = randomUUID();
  const child = spawn(process.execPath, [childFile, path, cache, token], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const { promise: answer, resolve } = Promise.withResolvers<ConfigSummary | string>();
  const timer = setTimeout(
    () => resolve(`${shown} did not load within ${patienceMs / 1_000} seconds`),
    patienceMs,
  );
  child.once('error', (error) =>
    resolve(`${shown} could not be read in a separate process: ${error.message}`),
  );
  let output = '';
  const pipe = child.stdio[3];
  if (pipe instanceof Readable) pipe.setEncoding('utf8');
  pipe?.on('data', (part: string) => {
    output += part;
    const begin = output.indexOf(token);
    // Drops everything that cannot be the beginning of the answer.
    output = output.slice(begin === -1 ? -token.length : begin);
    const end = begin === -1 ? -1 : output.indexOf('\n');
    if (end !== -1) resolve(parseAnswer(output.slice(token.length, end), shown));
  });
  pipe?.on('error', (error: Error) => resolve(`${shown} cannot be loaded: ${error.message}`));
  // `close` and not `exit`: the pipe may still be read after the process has ended.
  child.once('close', (code, signal) =>
    resolve(`${shown} ended its process (${signal ?? `exit code ${code}`})`),
  );
  try {
    return await answer;
  } finally {
    clearTimeout(timer);
    process.removeListener('exit', kill);
    kill();
  }
}

const childFile = fileURLToPath(new URL('config-summary-child.ts', import.meta.url));

function parseAnswer(answer: string, shown: string): ConfigSummary | string {
  try {
    return parseSummary(JSON.parse(answer), shown);
  } catch (error) {
    return `${shown} cannot be loaded: ${messageOf(error)}`;
  }
}

/** A string if the configuration could not be loaded. */
export function parseSummary(answer: ConfigAnswer, shown: string): ConfigSummary | string {
  if ('error' in answer) return `${shown} cannot be loaded: ${answer.error}`;
  return ConfigSummary.parse(answer.config);
}
