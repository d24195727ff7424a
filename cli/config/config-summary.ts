import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { AccountId, Region } from '#core/model/aws-names.ts';
import { messageOf } from '#core/util/error-text.ts';
import type { ConfigFile } from './load-config.ts';
import type { ConfigAnswer } from './read-deployment-keys.ts';

const Account = z
  .union([AccountId.transform((id) => ({ id })), z.object({ id: AccountId, regions: z.array(Region) })])
  .or(z.object({ id: AccountId }));

/** What an emergency needs of a configuration. A part that is not as it should be is undefined: the others still count. */
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
  })
  .transform(({ accounts, regions, ...rest }) => ({
    ...rest,
    /** With the regions of each. */
    accounts: accounts?.map((account) => ({ regions, ...account })),
  }));
export type ConfigSummary = z.output<typeof ConfigSummary>;

/** Longer than the slowest honest configuration takes. */
const longestMs = 3_000;

/**
 * What a configuration says of the deployment, even where the rest of it is not valid: a stop must not wait for a mistake elsewhere
 * to be mended. The file is a program: it is run in a process of its own, for three seconds at most, as it may hang or end its
 * process. A text says why nothing could be read.
 */
export async function readConfigSummary(
  { path, shown, ambiguous }: ConfigFile,
  patienceMs: number = longestMs,
): Promise<ConfigSummary | string> {
  if (ambiguous !== undefined) return ambiguous.message;
  if (!existsSync(path)) return `There is no configuration ${shown}`;
  const cache = getCompileCacheDir() ?? '';
  // The configuration may write to any descriptor: only what begins with this is the answer.
  const token = randomUUID();
  const child = spawn(process.execPath, [childFile, path, cache, token], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const { promise: answer, resolve } = Promise.withResolvers<ConfigSummary | string>();
  const timer = setTimeout(
    () => resolve(`${shown} was not loaded after ${patienceMs / 1_000} seconds`),
    patienceMs,
  );
  child.once('error', (error) =>
    resolve(`${shown} could not be read in a process of its own: ${error.message}`),
  );
  let said = '';
  const pipe = child.stdio[3];
  if (pipe instanceof Readable) pipe.setEncoding('utf8');
  pipe?.on('data', (part: string) => {
    said += part;
    const begin = said.indexOf(token);
    // Of what is not the answer no more is kept than may be the beginning of it.
    said = said.slice(begin === -1 ? -token.length : begin);
    const end = begin === -1 ? -1 : said.indexOf('\n');
    if (end !== -1) resolve(parseAnswer(said.slice(token.length, end), shown));
  });
  pipe?.on('error', (error: Error) => resolve(`${shown} cannot be loaded: ${error.message}`));
  // The pipe may be read after the process has ended.
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

/** A text where the configuration could not be loaded. */
export function parseSummary(answer: ConfigAnswer, shown: string): ConfigSummary | string {
  if ('error' in answer) return `${shown} cannot be loaded: ${answer.error}`;
  return ConfigSummary.parse(answer.config);
}
