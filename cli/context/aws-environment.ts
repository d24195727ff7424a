import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { NotFound } from './not-found.ts';

type Environment = Readonly<NodeJS.ProcessEnv>;

/** Clients that name the faulty environment variable: the SDK's own errors name neither the variable nor its value. */
export function checkedClients(clients: Clients, env: Environment, profileFrom: string): Clients {
  const checked = <Client extends SdkClient>(service: SdkClientClass<Client>, scope: ClientScope): Client => {
    checkEnvironment(service.name, env, profileFrom);
    return clients(service, scope);
  };
  const apart: Clients['apart'] = (limits) => checkedClients(clients.apart(limits), env, profileFrom);
  return Object.assign(checked, { skew: clients.skew, apart });
}

/** Throws a `CliError`. `client` is the name of the SDK's class: `STSClient`. */
export function checkEnvironment(client: string, env: Environment, profileFrom = 'AWS_PROFILE'): void {
  checkEndpoints(client, env);
  checkProfile(env, profileFrom);
}

/** Implements `--profile` as the aws CLI does: it takes precedence over keys in the environment. */
export function useProfile(profile: string, env: NodeJS.ProcessEnv): void {
  env.AWS_PROFILE = profile;
  delete env.AWS_ACCESS_KEY_ID;
  delete env.AWS_SECRET_ACCESS_KEY;
  delete env.AWS_SESSION_TOKEN;
}

/** Checks only what this client reads: a stop must not fail because of another service's endpoint. */
function checkEndpoints(client: string, env: Environment): void {
  const service = client.replace(/Client$/, '').toUpperCase();
  for (const [name, value] of Object.entries(env)) {
    const [, suffix = ''] = /^AWS_ENDPOINT_URL(?:_(\w+))?$/.exec(name) ?? [];
    const isRead = name === 'AWS_ENDPOINT_URL' || suffix.replaceAll('_', '') === service;
    if (!isRead || value === undefined || value === '' || /^https?:$/.test(getProtocol(value))) continue;
    throw new CliError(
      `${name}=${shellWord(value)}: expected a URL such as http://127.0.0.1:4577. To use AWS itself: unset ${name}`,
      exitCodes.badUsage,
    );
  }
}

function getProtocol(url: string): string {
  return URL.parse(url)?.protocol ?? '';
}

function checkProfile(env: Environment, from: string): void {
  const { AWS_PROFILE: profile } = env;
  // Without a `default` section, instance or container credentials may still apply.
  if (profile === undefined || profile === '' || profile === 'default') return;
  const home = join(env.HOME ?? homedir(), '.aws');
  const configFile = env.AWS_CONFIG_FILE ?? join(home, 'config');
  const credentialsFile = env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, 'credentials');
  const known = new Set([
    ...sections(configFile).map((name) => name.replace(/^profile\s+/, '')),
    ...sections(credentialsFile),
  ]);
  if (known.has(profile)) return;
  const word = shellWord(profile);
  throw new NotFound(
    'profile',
    `${from === 'AWS_PROFILE' ? `AWS_PROFILE=${word}` : `${from} ${word}`}: no such profile in ${configFile} or ${credentialsFile}. See: aws configure list-profiles`,
    exitCodes.badUsage,
  );
}

/** The section names, unquoted. */
function sections(file: string): readonly string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line) => /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1]?.replaceAll(/["']/g, '') ?? []);
  } catch {
    return [];
  }
}
