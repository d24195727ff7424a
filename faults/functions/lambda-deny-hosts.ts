import * as z from 'zod';
import { minutes } from '../shared/minutes.ts';
import { layerFault } from './shared/layer-fault.ts';

const Parameters = z.strictObject({
  hosts: z
    .array(z.string().min(1))
    .min(1)
    .default(['(^|\\.)(dynamodb|ddb)[.-]', '(^|\\.)s3(express)?[.-]'])
    .describe(
      'Regular expressions: a host is denied if any matches its name, in lower case. Without nested quantifiers, look-around and back-references',
    ),
  minutes,
});

export const lambdaDenyHosts = layerFault({
  name: 'lambda-deny-hosts',
  summary: 'Makes host names unknown to a function, and cuts its connections to them.',
  leaves: 'requests that were under way',
  parameters: Parameters,
  flagsOf: ({ hosts }) => ({ denylist: { enabled: true, deny_list: hosts } }),
});
