import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The table of image URLs, which all three functions share. One client for all invocations of an environment. */
export const table = process.env.IMAGES_TABLE ?? 'images';
export const dynamodb = new DynamoDBClient({});

/** An answer as HTTP APIs take it from a function. */
export function json(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
