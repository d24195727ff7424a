import { HttpResponse } from '@smithy/core/transport';
import type { AwsCredentialIdentity, MetadataBearer, MiddlewareStack, Pluggable } from '@smithy/types';

/**
 * Replaces the network as the last hop of a call: takes a command's input, and returns its output or throws the service's error.
 * Serialization, signing and retries still happen before it. The sandbox is a transport.
 */
export type Transport = (call: TransportCall) => Promise<object>;

export interface TransportCall {
  /** `EC2Client`. */
  readonly client: string;
  /** `TerminateInstancesCommand`. */
  readonly command: string;
  readonly input: object;
  readonly region: string;
  /** Undefined for the process's own credentials. */
  readonly credentials: AwsCredentialIdentity | undefined;
  /** Receives the time of the service, epoch ms, like the `Date` header of a network response. */
  readonly dated?: (at: number) => void;
}

/** A plugin that makes a client use `transport` for its last hop. */
export function transportPlugin(
  transport: Transport,
  scope: Pick<TransportCall, 'region' | 'credentials'>,
): Pluggable<object, MetadataBearer> {
  return {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
      stack.add(
        (_next, context) => async (args) => {
          const headers: Record<string, string> = {};
          const output = await transport({
            client: context.clientName ?? '',
            command: context.commandName ?? '',
            input: args.input,
            dated: (at) => {
              headers.date = new Date(at).toUTCString();
            },
            ...scope,
          });
          return {
            output: { ...output, $metadata: {} },
            response: new HttpResponse({ statusCode: 200, headers }),
          };
        },
        { step: 'deserialize', priority: 'high', name: 'transport' },
      ),
  };
}
