import type { Transport, TransportCall } from '#aws/clients/transport.ts';

/** A call to AWS, in IAM's words. */
export interface RecordedCall {
  /** `ec2:TerminateInstances`. */
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region: string;
}

const services: Readonly<Record<string, string>> = {
  AutoScalingClient: 'autoscaling',
  DynamoDBClient: 'dynamodb',
  EC2Client: 'ec2',
  SNSClient: 'sns',
  SSMClient: 'ssm',
  STSClient: 'sts',
};

/** A transport that records every call and answers with `answer`. */
export function recordingTransport(answer: (call: TransportCall) => object = () => ({})): {
  readonly transport: Transport;
  readonly calls: readonly RecordedCall[];
} {
  const calls: RecordedCall[] = [];
  return {
    calls,
    transport: async (call) => {
      const service = services[call.client];
      if (service === undefined) throw new Error(`${call.client} is not known`);
      calls.push({
        action: `${service}:${call.command.replace(/Command$/, '')}`,
        input: { ...call.input },
        region: call.region,
      });
      return answer(call);
    },
  };
}
