import type { Service } from '../service.ts';
import { deleteItem } from './delete-item.ts';
import { dynamoDbErrors } from './errors.ts';
import { getItem } from './get-item.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { transactWriteItems } from './transact-write.ts';
import { updateItem } from './update-item.ts';

export const dynamodb: Service = {
  client: 'DynamoDBClient',
  operations: [getItem, putItem, updateItem, deleteItem, query, scan, transactWriteItems],
  errors: dynamoDbErrors,
};
