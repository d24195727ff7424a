import { fileURLToPath } from 'node:url';
import type { Tags } from '#core/model/group.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Region } from '#sandbox/state/region.ts';
import { actAsRole } from './act-as-role.ts';
import { serveAws } from './aws-endpoint.ts';
import { runFunction } from './environments.ts';
import { serveHttpApi } from './http-api.ts';
import { servePage } from './page-server.ts';
import { type FunctionName, functionNames, parameterOf, roleName, shopInSandbox } from './shop-in-sandbox.ts';

/** The shop on this machine. */
export interface LocalShop {
  /** `http://127.0.0.1:54321` */
  readonly pageUrl: string;
  readonly apiUrl: string;
  stop(): Promise<void>;
}

const folder = fileURLToPath(new URL('../shop/functions/', import.meta.url));
const handlers: Readonly<Record<FunctionName, string>> = {
  listImages: 'list-images.handler',
  likeImage: 'like-image.handler',
  shareImage: 'share-image.handler',
};

/** For 20 page loads a second that take 300 ms longer; of the others, no sample adds latency. */
const environments: Readonly<Record<FunctionName, number>> = { listImages: 8, likeImage: 2, shareImage: 2 };

const timeoutMs = 3_000;

/**
 * Starts the shop as real processes under the real failure layer, on loopback, with its table, its parameters and its API in a sandbox:
 * what strikes those hits these. `tags`: of what may be struck, the opt-in among them. The sandbox must run on the system's clock.
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
  try {
    const credentials = await actAsRole(sandbox, region, roleName);
    const aws = await serveAws(sandbox.transport, region);
    stops.push(aws.close);
    const variables = {
      AWS_REGION: region.name,
      AWS_ENDPOINT_URL_SSM: `http://${aws.host}`,
      AWS_ENDPOINT_URL_DYNAMODB: `http://${aws.host}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
      GRACEFUL: String(graceful),
    };
    const start = async (name: FunctionName) => {
      const running = await runFunction({
        ...{ name, folder, variables, handler: handlers[name] },
        ...{ environments: environments[name], parameter: parameterOf(name) },
      });
      stops.push(running.stop);
      return [name, running] as const;
    };
    const running = Object.fromEntries(await Promise.all(functionNames.map(start)));
    const answers = Object.fromEntries(
      functionNames.map((name) => [name, (event: unknown) => running[name]?.invoke(event, timeoutMs)]),
    ) as Record<FunctionName, (event: unknown) => unknown>;
    shopInSandbox(region, tags, answers, Date.now());
    const api = await serveHttpApi(sandbox, region, credentials);
    stops.push(api.close);
    const page = await servePage(`http://${api.host}`, { graceful });
    stops.push(page.close);
    await warmUp(`http://${api.host}`);
    return { pageUrl: `http://${page.host}`, apiUrl: `http://${api.host}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
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
