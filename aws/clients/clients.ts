import {
  loadConfig,
  NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS,
  NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS,
} from '@smithy/core/config';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentity,
  FinalizeHandler,
  FinalizeHandlerArguments,
  MetadataBearer,
  MiddlewareStack,
} from '@smithy/types';
import pLimit from 'p-limit';
import type { ClockSkew } from '#core/model/clock-skew.ts';
import type { SdkClient, SdkClientClass } from '#core/model/fault.ts';
import type { Clock } from '#core/ports/clock.ts';
import { PatientRetryStrategy } from './retry.ts';
import { skewGauge } from './skew-gauge.ts';
import { type Transport, transportPlugin } from './transport.ts';
import { expectAws } from './unexpected-response.ts';

/** Whom and where a client speaks for, and until when. */
export interface ClientScope {
  readonly region: string;
  /** Left out: the process's own credentials. */
  readonly credentials?: AwsCredentialIdentity;
  /** Epoch ms; a retry that would begin later is not made. Left out: only the number of attempts is limited. */
  readonly deadline?: number;
  /** Ms after the beginning of a call; a retry that would begin later is not made. Left out: as above. */
  readonly patienceMs?: number;
}

/** Makes SDK clients: the one place where timeouts, retries and the number of calls in flight are decided. */
export interface Clients {
  <Client extends SdkClient>(service: SdkClientClass<Client>, scope: ClientScope): Client;
  /** As the answers to these clients say. */
  readonly skew: ClockSkew;
}

export interface ClientsOptions {
  readonly clock: Clock;
  /** Calls in flight at once, over all clients. */
  readonly concurrency: number;
  /** In place of the network. */
  readonly transport?: Transport;
  /** In [0, 1), for the jitter of retries. Left out: `Math.random`. */
  readonly random?: () => number;
  /** Ms from the headers of a response to the end of its body. */
  readonly bodyTimeoutMs?: number;
}

/** Calls to AWS in flight at once, and accounts under way at once. */
export const callsInFlight = 32;

/**
 * A call that has not been answered by then is given up and may be retried: an unreachable region must not use up a run. It ends
 * at the headers; the body has a limit of its own.
 */
const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 10_000;

export function makeClients({
  clock,
  concurrency,
  transport,
  random = Math.random,
  bodyTimeoutMs,
}: ClientsOptions): Clients {
  const limit = pLimit(concurrency);
  // One handler, so that connections to the same endpoint are shared by all accounts.
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpsAgent: { keepAlive: true, maxSockets: concurrency },
  });
  const inTurn = {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
      // Inside the retries, so that a call that is backing off holds no place; before signing, so that a signature is fresh.
      stack.addRelativeTo(
        (next: FinalizeHandler<object, MetadataBearer>) => (args: FinalizeHandlerArguments<object>) =>
          limit(() => next(args)),
        {
          relation: 'after',
          toMiddleware: 'retryMiddleware',
          name: 'inTurn',
        },
      ),
  };

  const gauge = skewGauge(clock);

  const make = <Client extends SdkClient>(
    service: SdkClientClass<Client>,
    { region, credentials, ...patience }: ClientScope,
  ): Client => {
    // A transport has no need of the process's own credentials, and a machine without any is to do.
    const signer = credentials ?? (transport && nobody);
    const configuration = {
      region,
      ...(signer && { credentials: signer }),
      ...settings,
      requestHandler,
      retryStrategy: new PatientRetryStrategy({
        clock,
        random,
        deadline: Number.POSITIVE_INFINITY,
        patienceMs: Number.POSITIVE_INFINITY,
        ...patience,
      }),
    };
    const client = new service(configuration);
    client.middlewareStack.use(inTurn);
    client.middlewareStack.use(expectAws(bodyTimeoutMs));
    client.middlewareStack.use(gauge);
    if (transport !== undefined) {
      client.middlewareStack.use(transportPlugin(transport, { region, credentials }));
    }
    return client;
  };
  return Object.assign(make, { skew: gauge });
}

/**
 * What a client would otherwise look up in the environment and the configuration files for itself: a wide sweep makes
 * thousands of clients, and these look-ups were a quarter of its CPU time.
 */
const settings = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
  useDualstackEndpoint: loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS),
  authSchemePreference: [],
  // Names us in the user agent of every CloudTrail event.
  userAgentAppId: 'chaos-monkey',
} as const;

const nobody: AwsCredentialIdentity = { accessKeyId: 'none', secretAccessKey: 'none' };
