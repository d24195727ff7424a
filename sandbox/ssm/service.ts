import type { Service } from '../service.ts';
import { describeDocument } from './describe-document.ts';
import { describeInstanceInformation } from './describe-instances.ts';
import { ssmErrors } from './errors.ts';
import { getCalendarState } from './get-calendar-state.ts';
import { getCommandInvocation } from './get-command-invocation.ts';
import { getParameter } from './get-parameter.ts';
import { listTagsForResource } from './list-tags.ts';
import { putParameter } from './put-parameter.ts';
import { sendCommand } from './send-command.ts';

export const ssm: Service = {
  client: 'SSMClient',
  operations: [
    getParameter,
    putParameter,
    listTagsForResource,
    describeDocument,
    describeInstanceInformation,
    sendCommand,
    getCommandInvocation,
    getCalendarState,
  ],
  errors: ssmErrors,
};
