import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { dynamodb, json, table } from './images.mjs';

/** GET /images: all images, each with its likes. Whatever goes wrong is thrown: how the shop lives with that is up to its page. */
export async function handler() {
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: table }));
  return json(200, {
    images: Items.map(({ id, url, likes }) => ({ id: id.S, url: url.S, likes: Number(likes?.N ?? 0) })),
  });
}
