import type { Service } from '../service.ts';
import { deleteFunctionConcurrency } from './delete-function-concurrency.ts';
import { deleteResourcePolicy } from './delete-resource-policy.ts';
import { lambdaErrors } from './errors.ts';
import { getAccountSettings } from './get-account-settings.ts';
import { getEventSourceMapping } from './get-event-source-mapping.ts';
import { getFunctionConcurrency } from './get-function-concurrency.ts';
import { getFunctionConfiguration } from './get-function-configuration.ts';
import { getResourcePolicy } from './get-resource-policy.ts';
import { invoke } from './invoke.ts';
import { listEventSourceMappings } from './list-event-source-mappings.ts';
import { listProvisionedConcurrencyConfigs } from './list-provisioned-concurrency.ts';
import { listTags } from './list-tags.ts';
import { putFunctionConcurrency } from './put-function-concurrency.ts';
import { putResourcePolicy } from './put-resource-policy.ts';
import { updateEventSourceMapping } from './update-event-source-mapping.ts';
import { updateFunctionConfiguration } from './update-function-configuration.ts';

export const lambda: Service = {
  client: 'LambdaClient',
  operations: [
    getFunctionConfiguration,
    updateFunctionConfiguration,
    getFunctionConcurrency,
    putFunctionConcurrency,
    deleteFunctionConcurrency,
    listProvisionedConcurrencyConfigs,
    getAccountSettings,
    getResourcePolicy,
    putResourcePolicy,
    deleteResourcePolicy,
    listEventSourceMappings,
    getEventSourceMapping,
    updateEventSourceMapping,
    listTags,
    invoke,
  ],
  errors: lambdaErrors,
};
