import type { Kind } from '#core/kinds/kind.ts';
import { buckets } from './buckets/kind.ts';
import { functions } from './functions/kind.ts';
import { instances } from './instances/kind.ts';
import { queues } from './queues/kind.ts';
import { tables } from './tables/kind.ts';
import { topics } from './topics/kind.ts';

export const kinds: readonly Kind[] = [buckets, functions, instances, queues, tables, topics];
