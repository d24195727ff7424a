import type { Service } from '../service.ts';
import { dynamoDbErrors } from './errors.ts';
import { deleteItem, getItem, putItem, updateItem } from './item-operations.ts';
import { query, scan } from './query.ts';
import { transactWriteItems } from './transact-write.ts';

export const dynamoDb: Service = {
  client: 'DynamoDBClient',
  operations: [getItem, putItem, updateItem, deleteItem, query, scan, transactWriteItems],
  errors: dynamoDbErrors,
};
