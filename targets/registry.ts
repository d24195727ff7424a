import type { Kind } from '#core/ports/kind.ts';
import { buckets } from './buckets/kind.ts';
import { eventSourceMappings } from './event-source-mappings/kind.ts';
import { functions } from './functions/kind.ts';
import { httpApis } from './http-apis/kind.ts';
import { instances } from './instances/kind.ts';
import { queues } from './queues/kind.ts';
import { roles } from './roles/kind.ts';
import { tables } from './tables/kind.ts';
import { topics } from './topics/kind.ts';

export const kinds: readonly Kind[] = [
  buckets,
  eventSourceMappings,
  functions,
  httpApis,
  instances,
  queues,
  roles,
  tables,
  topics,
];
