import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { json } from './images.mjs';

const graceful = process.env.GRACEFUL === 'true';
/** As large as a picture that was made smaller, in the place of real work on one. */
const smallerPicture = Buffer.alloc(256 * 1024, 1);

/**
 * POST /images/{id}/shares: a link to a smaller copy of the image, which is made in /tmp. Where /tmp is full, a graceful function
 * shares the image as it is.
 */
export async function handler({ pathParameters }) {
  const link = `https://share.example.com/${pathParameters.id}`;
  const copy = `/tmp/${randomUUID()}.jpg`;
  try {
    await writeFile(copy, smallerPicture);
    return json(200, { link: `${link}?width=400` });
  } catch (error) {
    if (!graceful) throw error;
    return json(200, { link });
  } finally {
    await rm(copy, { force: true });
  }
}
