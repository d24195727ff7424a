import { HttpResponse } from '@smithy/core/transport';
import type { AwsCredentialIdentity, MetadataBearer, MiddlewareStack, Pluggable } from '@smithy/types';

/**
 * The last hop of a call, in place of the network: given a command's input, it answers with its output or throws what
 * the service would. Serialisation, signing and retries still run before it. The sandbox is one.
 */
export type Transport = (call: TransportCall) => Promise<object>;

export interface TransportCall {
  /** `EC2Client`. */
  readonly client: string;
  /** `TerminateInstancesCommand`. */
  readonly command: string;
  readonly input: object;
  readonly region: string;
  /** Undefined where the process's own credentials are used. */
  readonly credentials: AwsCredentialIdentity | undefined;
  /** To be told, epoch ms, when it is for whoever answers: the header `Date` of a response from the network. */
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
