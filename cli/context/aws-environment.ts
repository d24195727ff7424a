import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ClientScope, Clients } from '#aws/clients/clients.ts';
import type { SdkClient, SdkClientClass } from '#core/model/fault.ts';
import { shellWord } from '#core/util/shell-word.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { NotFound } from './not-found.ts';

type Environment = Readonly<NodeJS.ProcessEnv>;

/** Clients that name the variable where the environment is wrong: what the SDK says of it names neither it nor its value. */
export function checkedClients(clients: Clients, env: Environment, profileFrom: string): Clients {
  const checked = <Client extends SdkClient>(service: SdkClientClass<Client>, scope: ClientScope): Client => {
    checkEnvironment(service.name, env, profileFrom);
    return clients(service, scope);
  };
  return Object.assign(checked, { skew: clients.skew });
}

/** Throws a `CliError`. `client` is the name of the SDK's class: `STSClient`. */
export function checkEnvironment(client: string, env: Environment, profileFrom = 'AWS_PROFILE'): void {
  checkEndpoints(client, env);
  checkProfile(env, profileFrom);
}

/** `--profile`, as the aws CLI takes it: keys in the environment are not used then. */
export function useProfile(profile: string, env: NodeJS.ProcessEnv): void {
  env.AWS_PROFILE = profile;
  delete env.AWS_ACCESS_KEY_ID;
  delete env.AWS_SECRET_ACCESS_KEY;
  delete env.AWS_SESSION_TOKEN;
}

/** Only what this client reads: a stop must not fail for the endpoint of another service. */
function checkEndpoints(client: string, env: Environment): void {
  const service = client.replace(/Client$/, '').toUpperCase();
  for (const [name, value] of Object.entries(env)) {
    const [, of = ''] = /^AWS_ENDPOINT_URL(?:_(\w+))?$/.exec(name) ?? [];
    const isRead = name === 'AWS_ENDPOINT_URL' || of.replaceAll('_', '') === service;
    if (!isRead || value === undefined || value === '' || /^https?:$/.test(getProtocol(value))) continue;
    throw new CliError(
      `${name}=${shellWord(value)}: expected a URL such as http://127.0.0.1:4577. For AWS itself: unset ${name}`,
      exitCodes.badUsage,
    );
  }
}

function getProtocol(url: string): string {
  return URL.parse(url)?.protocol ?? '';
}

function checkProfile(env: Environment, from: string): void {
  const { AWS_PROFILE: profile } = env;
  // Without a section of that name there are still the credentials of an instance or a container.
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
    `${from === 'AWS_PROFILE' ? `AWS_PROFILE=${word}` : `${from} ${word}`}: there is no such profile in ${configFile} or ${credentialsFile}. See: aws configure list-profiles`,
    exitCodes.badUsage,
  );
}

/** The names in brackets, without their quotes. */
function sections(file: string): readonly string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line) => /^\s*\[\s*(.+?)\s*\]/.exec(line)?.[1]?.replaceAll(/["']/g, '') ?? []);
  } catch {
    return [];
  }
}
