import type { Service } from '../service.ts';
import { deleteItem } from './delete-item.ts';
import { describeTable } from './describe-table.ts';
import { dynamoDbErrors } from './errors.ts';
import { getItem } from './get-item.ts';
import { listTagsOfResource } from './list-tags.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './resource-policies.ts';
import { scan } from './scan.ts';
import { transactWriteItems } from './transact-write.ts';
import { updateItem } from './update-item.ts';
import { updateTable } from './update-table.ts';

export const dynamodb: Service = {
  client: 'DynamoDBClient',
  operations: [
    getItem,
    putItem,
    updateItem,
    deleteItem,
    query,
    scan,
    transactWriteItems,
    describeTable,
    updateTable,
    getResourcePolicy,
    putResourcePolicy,
    deleteResourcePolicy,
    listTagsOfResource,
  ],
  errors: dynamoDbErrors,
};
