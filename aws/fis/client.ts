import {
  createDefaultUserAgentProvider,
  getHostHeaderPlugin,
  getRecursionDetectionPlugin,
  getUserAgentPlugin,
  resolveHostHeaderConfig,
  resolveRegionConfig,
  resolveUserAgentConfig,
} from '@aws-sdk/core/client';
import { AwsSdkSigV4Signer, resolveAwsSdkSigV4Config } from '@aws-sdk/core/httpAuthSchemes';
import { AwsRestJsonProtocol } from '@aws-sdk/core/protocols';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import {
  DefaultIdentityProviderConfig,
  getHttpAuthSchemeEndpointRuleSetPlugin,
  getHttpSigningPlugin,
} from '@smithy/core';
import { Sha256 } from '@smithy/core/checksum';
import { Client } from '@smithy/core/client';
import { resolveEndpointConfig } from '@smithy/core/endpoints';
import { getContentLengthPlugin, parseUrl } from '@smithy/core/protocols';
import { getRetryPlugin, resolveRetryConfig } from '@smithy/core/retry';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { calculateBodyLength, fromBase64, fromUtf8, toBase64, toUtf8 } from '@smithy/core/serde';
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentity,
  HandlerExecutionContext,
  HttpAuthOption,
  HttpHandlerOptions,
  IdentityProviderConfig,
  MetadataBearer,
  Provider,
  RetryStrategyV2,
} from '@smithy/types';
import { fisEndpoint } from './endpoint.ts';

/** The part of an SDK client's configuration that our clients use. */
export interface FisClientConfiguration {
  readonly region: string;
  readonly credentials?: AwsCredentialIdentity;
  readonly requestHandler?: NodeHttpHandler;
  readonly retryStrategy?: RetryStrategyV2;
  readonly useFipsEndpoint?: Provider<boolean>;
  readonly useDualstackEndpoint?: Provider<boolean>;
  readonly userAgentAppId?: string;
}

/** The namespace of the service's model. */
export const namespace = 'com.amazonaws.fis';

/**
 * A client for AWS FIS, built from the SDK's own parts like its generated clients, so that signing, retries, errors and transports work
 * the same. We would use only a single call of the generated client.
 */
export class FisClient extends Client<HttpHandlerOptions, object, MetadataBearer, Resolved> {
  constructor(configuration: FisClientConfiguration) {
    const config = resolve(configuration);
    super(config);
    this.middlewareStack.use(getSchemaSerdePlugin(config));
    this.middlewareStack.use(getUserAgentPlugin(config));
    this.middlewareStack.use(getRetryPlugin(config));
    this.middlewareStack.use(getContentLengthPlugin(config));
    this.middlewareStack.use(getHostHeaderPlugin(config));
    this.middlewareStack.use(getRecursionDetectionPlugin(config));
    this.middlewareStack.use(
      getHttpAuthSchemeEndpointRuleSetPlugin(config, {
        httpAuthSchemeParametersProvider: async () => ({}),
        identityProviderConfigProvider: async ({ credentials }) =>
          new DefaultIdentityProviderConfig({ [sigV4]: credentials }),
      }),
    );
    this.middlewareStack.use(getHttpSigningPlugin(config));
  }
}

type Resolved = ReturnType<typeof resolve>;

const sigV4 = 'aws.auth#sigv4';
const signed: HttpAuthOption = {
  schemeId: sigV4,
  // The signer reads the region, the service and the client's clock from this.
  propertiesExtractor: (config: object, context: HandlerExecutionContext) => ({
    signingProperties: { config, context },
  }),
};

function resolve({ requestHandler, ...configuration }: FisClientConfiguration) {
  const input = {
    ...configuration,
    requestHandler: NodeHttpHandler.create(requestHandler),
    serviceId: 'fis',
    defaultSigningName: 'fis',
    apiVersion: '2020-12-01',
    runtime: 'node',
    retryMode: 'standard',
    disableHostPrefix: false,
    protocol: new AwsRestJsonProtocol({ defaultNamespace: namespace }),
    endpointProvider: fisEndpoint,
    urlParser: parseUrl,
    credentialDefaultProvider: defaultProvider,
    defaultUserAgentProvider: createDefaultUserAgentProvider({ serviceId: 'fis', clientVersion: '3' }),
    authSchemePreference: async () => [],
    httpAuthSchemeProvider: () => [signed],
    httpAuthSchemes: [
      {
        schemeId: sigV4,
        identityProvider: (identities: IdentityProviderConfig) => identities.getIdentityProvider(sigV4),
        signer: new AwsSdkSigV4Signer(),
      },
    ],
    sha256: Sha256,
    bodyLengthChecker: calculateBodyLength,
    streamCollector,
    base64Decoder: fromBase64,
    base64Encoder: toBase64,
    utf8Decoder: fromUtf8,
    utf8Encoder: toUtf8,
  };
  return resolveAwsSdkSigV4Config(
    resolveEndpointConfig(
      resolveHostHeaderConfig(resolveRegionConfig(resolveRetryConfig(resolveUserAgentConfig(input)))),
    ),
  );
}
