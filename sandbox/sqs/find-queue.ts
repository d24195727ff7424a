import type { Access, Scope } from '../service.ts';
import { noSuchQueue } from './errors.ts';
import type { Queue } from './queue.ts';

/** By its URL. Throws when there is none in the caller's account and region. */
export function findQueue(url: string | undefined, { region }: Scope): Queue {
  const queue = region.queues.get(nameIn(url));
  if (queue === undefined || queue.url !== url) throw noSuchQueue();
  return queue;
}

export function queueAccess(action: string, name: string, { region }: Scope): Access {
  return { action, resource: region.queues.arnOf(name), resourceTags: region.queues.get(name)?.tags ?? {} };
}

export function nameIn(url = ''): string {
  return url.split('/').at(-1) ?? '';
}
