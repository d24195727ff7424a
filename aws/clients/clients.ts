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
import type { SdkClient, SdkClientClass } from '#core/model/injector.ts';
import type { Clock } from '#core/ports/clock.ts';
import { PatientRetryStrategy } from './retry.ts';
import { skewGauge } from './skew-gauge.ts';
import { type Transport, transportPlugin } from './transport.ts';
import { expectAws } from './unexpected-response.ts';

/** Region, credentials and time limits of a client. */
export interface ClientScope {
  readonly region: string;
  /** Default: the process's own credentials. */
  readonly credentials?: AwsCredentialIdentity;
  /** Epoch ms; no retry starts later. Default: only the number of attempts is limited. */
  readonly deadline?: number;
  /** Ms after the start of a call; no retry starts later. Default: as above. */
  readonly patienceMs?: number;
}

/** Makes SDK clients. The only place that sets timeouts, retries and the number of calls in flight. */
export interface Clients {
  <Client extends SdkClient>(service: SdkClientClass<Client>, scope: ClientScope): Client;
  /** Clock skew, as measured from the answers to these clients, and to those set apart. */
  readonly skew: ClockSkew;
  /** The same, with limits and connections of their own: neither waits for the calls of the other. */
  apart(limits?: CallLimits): Clients;
}

export interface CallLimits {
  /** Maximum calls in flight. Default: `callsInFlight`. */
  readonly concurrency?: number;
  /** Maximum ms until a connection is there. Default: 3 s. */
  readonly connectionTimeoutMs?: number;
}

export interface ClientsOptions {
  readonly clock: Clock;
  /** Maximum calls in flight, over all clients. */
  readonly concurrency: number;
  /** Replaces the network. */
  readonly transport?: Transport;
  /** In [0, 1), for the jitter of retries. Default: `Math.random`. */
  readonly random?: () => number;
  /** Maximum ms from the headers of a response to the end of its body. */
  readonly bodyTimeoutMs?: number;
}

/** Maximum calls to AWS in flight, and accounts processed at once. */
export const callsInFlight = 32;

/**
 * A call without an answer by then is abandoned and may be retried: an unreachable region must not use up a run. The limit applies up to
 * the headers; the body has its own.
 */
const defaultConnectionTimeoutMs = 3_000;
const requestTimeoutMs = 10_000;

export function makeClients({ concurrency, ...options }: ClientsOptions): Clients {
  return limitedClients({ concurrency }, { ...options, gauge: skewGauge(options.clock) });
}

function limitedClients(
  { concurrency = callsInFlight, connectionTimeoutMs = defaultConnectionTimeoutMs }: CallLimits,
  parts: Omit<ClientsOptions, 'concurrency'> & { readonly gauge: ReturnType<typeof skewGauge> },
): Clients {
  const { clock, transport, random = Math.random, bodyTimeoutMs, gauge } = parts;
  const limit = pLimit(concurrency);
  const connections = { keepAlive: true, maxSockets: concurrency };
  // One handler, so that all accounts share connections to the same endpoint.
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: requestTimeoutMs,
    throwOnRequestTimeout: true,
    httpAgent: connections,
    httpsAgent: connections,
  });
  const inTurn = {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
      // Inside the retries, so that a call in backoff holds no slot; before signing, so that signatures are fresh.
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

  const make = <Client extends SdkClient>(
    service: SdkClientClass<Client>,
    { region, credentials, ...patience }: ClientScope,
  ): Client => {
    // A transport must work on machines without credentials.
    const effectiveCredentials = credentials ?? (transport && dummyCredentials);
    const configuration = {
      region,
      ...(effectiveCredentials && { credentials: effectiveCredentials }),
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
  return Object.assign(make, {
    skew: gauge,
    apart: (limits: CallLimits = {}) => limitedClients(limits, parts),
  });
}

/**
 * Settings that each client would otherwise look up in the environment and in configuration files. A large survey makes thousands of
 * clients, and these lookups were a quarter of its CPU time.
 */
const settings = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  useFipsEndpoint: loadConfig(NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
  useDualstackEndpoint: loadConfig(NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS),
  authSchemePreference: [],
  // Appears in the user agent of every CloudTrail event.
  userAgentAppId: 'chaos-monkey',
} as const;

const dummyCredentials: AwsCredentialIdentity = { accessKeyId: 'none', secretAccessKey: 'none' };
