import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb, json, table } from './images.mjs';

/** POST /images/{id}/likes: counts one more. Two at the same moment are two, as the table does the adding. */
export async function handler({ pathParameters }) {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: table,
      Key: { id: { S: pathParameters.id } },
      UpdateExpression: 'SET #likes = #likes + :one',
      ExpressionAttributeNames: { '#likes': 'likes' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
  return json(200, { liked: pathParameters.id });
}
