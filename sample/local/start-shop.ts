import { fileURLToPath } from 'node:url';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Tags } from '#core/model/group.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Region } from '#sandbox/state/region.ts';
import { actAsRole } from './act-as-role.ts';
import { serveAws } from './aws-endpoint.ts';
import { serveBucket } from './bucket-endpoint.ts';
import { type RunningFunction, runFunction } from './environments.ts';
import { serveHttpApi } from './http-api.ts';
import type { LoopbackServer } from './loopback.ts';
import { canHaveOwnTmp } from './own-tmp.ts';
import { parameterOf, type ShopFunction, shopFunctions } from './shop-functions.ts';
import { shopInSandbox } from './shop-in-sandbox.ts';
import { pageOrigin, serveVisitor } from './visitor.ts';

/** The shop on this machine. */
export interface LocalShop {
  /** Where probes visit it: `http://127.0.0.1:54321` */
  readonly pageUrl: string;
  readonly apiUrl: string;
  stop(): Promise<void>;
}

export interface ShopParts {
  /** On the system's clock. */
  readonly sandbox: Sandbox;
  readonly region: Region;
  /** Of what may be struck, the opt-in among them. */
  readonly tags: Tags;
  readonly graceful: boolean;
  /** How many requests each function can answer at the same time, if that is less than an experiment needs. */
  readonly mostAtOnce?: number;
}

const functionsFolder = fileURLToPath(new URL('../shop/functions/', import.meta.url));
const pageFolder = new URL('../shop/page/', import.meta.url);

/**
 * Starts the shop as real processes under the real failure layer, on loopback, with its table, its parameters, its API and its bucket in
 * a sandbox: what strikes those hits these.
 */
export async function startShop(parts: ShopParts): Promise<LocalShop> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.splice(0).map((one) => one()));
  };
  try {
    return { ...(await start(parts, (one) => stops.push(one))), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { sandbox, region, tags, graceful, mostAtOnce = Number.POSITIVE_INFINITY }: ShopParts,
  atEnd: (stop: () => Promise<void>) => void,
): Promise<Omit<LocalShop, 'stop'>> {
  const urlOf = async (server: Promise<LoopbackServer>) => {
    const { host, close } = await server;
    atEnd(close);
    return `http://${host}`;
  };
  const as = await actAsRole(sandbox, region, 'shop');
  const running = new Map<string, RunningFunction>();
  const answer = async (name: string, event: unknown) => {
    const { timeout = 0 } = region.functions.get(name)?.settings ?? {};
    return running.get(name)?.invoke(event, timeout * 1_000);
  };
  const { api, bucket } = shopInSandbox(region, { tags, origin: pageOrigin, answer, now: Date.now() });
  const aws = await urlOf(serveAws(sandbox.transport, region));

  const functions = shopFunctions.map((one) => ({
    ...one,
    environments: Math.min(one.environments, mostAtOnce),
  }));
  const common = {
    folder: functionsFolder,
    variables: variablesOf(region.name, aws, as, graceful),
    hasOwnTmp: canHaveOwnTmp(),
  };
  await Promise.all(
    functions.map(async (one) => {
      const started = await runFunction({ ...common, ...one, parameter: parameterOf(one) });
      atEnd(started.stop);
      running.set(one.name, started);
    }),
  );
  const apiUrl = await urlOf(serveHttpApi(sandbox, api, { region: region.name, as }));
  const bucketUrl = await urlOf(serveBucket(bucket, pageFolder));
  const pageUrl = await urlOf(serveVisitor({ api: apiUrl, bucket: bucketUrl, graceful }));
  await warmUp(apiUrl, functions);
  return { pageUrl, apiUrl };
}

function variablesOf(region: string, aws: string, credentials: AwsCredentialIdentity, graceful: boolean) {
  const { port } = new URL(aws);
  return {
    AWS_REGION: region,
    AWS_CONFIG_FILE: '/dev/null',
    // By name, as names are what can be denied.
    AWS_ENDPOINT_URL_SSM: `http://ssm.${region}.localhost:${port}`,
    AWS_ENDPOINT_URL_DYNAMODB: `http://dynamodb.${region}.localhost:${port}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    GRACEFUL: String(graceful),
  };
}

/** Lets each environment answer once: the first time takes longer, and cold starts are not what anybody wants to measure here. */
async function warmUp(api: string, functions: readonly ShopFunction[]): Promise<void> {
  const once = async (path: string, method: string) => {
    await (await fetch(`${api}${path}`, { method })).text();
  };
  await Promise.all(
    functions.flatMap(({ environments, example, method }) =>
      Array.from({ length: environments }, () => once(example, method)),
    ),
  );
}
