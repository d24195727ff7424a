import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { json } from './images.mjs';

const graceful = process.env.GRACEFUL === 'true';

/** A picture that was made smaller, in the place of real work on one; that on a large one takes its time. */
const smallerPicture = Buffer.alloc(256 * 1024, 1);
const workMs = { large: 1_300 };

/**
 * POST /images/{id}/shares: a link to a smaller copy of the image, which is made in /tmp. Where /tmp is full, a graceful function
 * shares the image as it is.
 */
export async function handler({ pathParameters: { id } }) {
  const link = `https://share.example.com/${id}`;
  const copy = `/tmp/${randomUUID()}.jpg`;
  await setTimeout(workMs[id] ?? 0);
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
