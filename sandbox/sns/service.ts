import type { Service } from '../service.ts';
import { snsErrors } from './errors.ts';
import { publish } from './publish.ts';

export const sns: Service = {
  client: 'SNSClient',
  operations: [publish],
  errors: snsErrors,
};
