import { resourceAccess } from '../policies/resource-access.ts';
import type { Access, Scope } from '../service.ts';
import { noSuchQueue } from './errors.ts';
import type { Queue } from './queue.ts';

/** By its URL. Throws when there is none in the caller's account and region. */
export function findQueue(url: string | undefined, { region }: Scope): Queue {
  const queue = region.queues.get(nameIn(url));
  if (queue === undefined || queue.url !== url) throw noSuchQueue();
  return queue;
}

export function queueAccess(action: string, name: string, scope: Scope): Access {
  const { queues } = scope.region;
  return resourceAccess(action, queues.arnOf(name), queues.get(name), scope);
}

export function nameIn(url = ''): string {
  return url.split('/').at(-1) ?? '';
}
