import type { Service } from '../service.ts';
import { dynamoDbErrors } from './errors.ts';
import { deleteItem, getItem, putItem, updateItem } from './item-operations.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { transactWriteItems } from './transact-write.ts';

export const dynamoDb: Service = {
  client: 'DynamoDBClient',
  operations: {
    GetItemCommand: getItem,
    PutItemCommand: putItem,
    UpdateItemCommand: updateItem,
    DeleteItemCommand: deleteItem,
    QueryCommand: query,
    ScanCommand: scan,
    TransactWriteItemsCommand: transactWriteItems,
  },
  errors: dynamoDbErrors,
};
