import type { Transport, TransportCall } from '#aws/clients/transport.ts';

/** A call to AWS, in IAM's words. */
export interface RecordedCall {
  /** `ec2:TerminateInstances`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
}

/** A transport that records every call and answers with `answer`. */
export function recordingTransport(answer: (call: TransportCall) => object = () => ({})): {
  readonly transport: Transport;
  readonly calls: readonly RecordedCall[];
} {
  const calls: RecordedCall[] = [];
  return {
    calls,
    transport: async (call) => {
      // IAM's prefixes of the services called here are the clients' names.
      const service = call.client.replace(/Client$/, '').toLowerCase();
      calls.push({
        action: `${service}:${call.command.replace(/Command$/, '')}`,
        input: { ...call.input },
        region: call.region,
      });
      return answer(call);
    },
  };
}
