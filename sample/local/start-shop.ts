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
import { canHaveOwnTmp } from './own-tmp.ts';
import { type FunctionName, functionNames, parameterOf, shopInSandbox } from './shop-in-sandbox.ts';
import { pageOrigin, serveVisitor } from './visitor.ts';

/** The shop on this machine. */
export interface LocalShop {
  /** Where probes visit it: `http://127.0.0.1:54321` */
  readonly pageUrl: string;
  readonly apiUrl: string;
  stop(): Promise<void>;
}

const folder = fileURLToPath(new URL('../shop/functions/', import.meta.url));
const page = new URL('../shop/page/', import.meta.url);
const handlers: Readonly<Record<FunctionName, string>> = {
  listImages: 'list-images.handler',
  likeImage: 'like-image.handler',
  shareImage: 'share-image.handler',
};

/** Enough for 20 page loads a second that take 300 ms longer, and for 4 large images a second that are shared. */
const environments: Readonly<Record<FunctionName, number>> = { listImages: 8, likeImage: 2, shareImage: 7 };

/**
 * Starts the shop as real processes under the real failure layer, on loopback, with its table, its parameters, its API and its bucket in
 * a sandbox: what strikes those hits these. `tags`: of what may be struck, the opt-in among them. The sandbox must run on the system's
 * clock.
 */
export async function startShop(given: {
  readonly sandbox: Sandbox;
  readonly region: Region;
  readonly tags: Tags;
  readonly graceful: boolean;
}): Promise<LocalShop> {
  const { sandbox, region, tags, graceful } = given;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.splice(0).map((one) => one()));
  };
  const served = async (server: Promise<{ readonly host: string; close(): Promise<void> }>) => {
    const { host, close } = await server;
    stops.push(close);
    return host;
  };
  const hasOwnTmp = canHaveOwnTmp();
  const running = new Map<FunctionName, RunningFunction>();
  const answer = async (name: FunctionName, event: unknown) => {
    const { timeout = 0 } = region.functions.get(name)?.settings ?? {};
    return running.get(name)?.invoke(event, timeout * 1_000);
  };
  try {
    const as = await actAsRole(sandbox, region, 'shop');
    const inSandbox = shopInSandbox(region, { tags, origin: pageOrigin, answer, now: Date.now() });
    const aws = await served(serveAws(sandbox.transport, region));
    const variables = variablesOf(region.name, aws, as, graceful);
    const start = async (name: FunctionName) => {
      const [handler, parameter] = [handlers[name], parameterOf(name)];
      const count = environments[name];
      const started = await runFunction({
        name,
        folder,
        variables,
        handler,
        parameter,
        environments: count,
        hasOwnTmp: name === 'shareImage' && hasOwnTmp,
      });
      stops.push(started.stop);
      running.set(name, started);
    };
    await Promise.all(functionNames.map(start));
    const api = await served(serveHttpApi(sandbox, inSandbox.api, { region: region.name, as }));
    const bucket = await served(serveBucket(inSandbox.bucket, page));
    const [apiUrl, bucketUrl] = [`http://${api}`, `http://${bucket}`];
    const visitor = await served(serveVisitor({ api: apiUrl, bucket: bucketUrl, graceful }));
    await warmUp(apiUrl);
    return { pageUrl: `http://${visitor}`, apiUrl, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function variablesOf(region: string, aws: string, credentials: AwsCredentialIdentity, graceful: boolean) {
  const port = new URL(`http://${aws}`).port;
  return {
    AWS_REGION: region,
    AWS_ENDPOINT_URL_SSM: `http://ssm.${region}.localhost:${port}`,
    AWS_ENDPOINT_URL_DYNAMODB: `http://dynamodb.${region}.localhost:${port}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    GRACEFUL: String(graceful),
  };
}

/** Lets each environment answer once: the first time takes longer, and cold starts are not what anybody wants to measure here. */
async function warmUp(api: string): Promise<void> {
  const atOnce = (name: FunctionName, path: string, method = 'GET') =>
    Array.from({ length: environments[name] }, async () => {
      await (await fetch(`${api}${path}`, { method })).text();
    });
  await Promise.all([
    ...atOnce('listImages', '/images'),
    ...atOnce('likeImage', '/images/1/likes', 'POST'),
    ...atOnce('shareImage', '/images/1/shares', 'POST'),
  ]);
}
