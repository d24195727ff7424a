import { bucketsReader } from './buckets/reader.ts';
import { eventSourceMappingsReader } from './event-source-mappings/reader.ts';
import { functionsReader } from './functions/reader.ts';
import { httpApisReader } from './http-apis/reader.ts';
import { instancesReader } from './instances/reader.ts';
import type { KindReader } from './kind-reader.ts';
import { queuesReader } from './queues/reader.ts';
import { rolesReader } from './roles/reader.ts';
import { tablesReader } from './tables/reader.ts';
import { topicsReader } from './topics/reader.ts';

export const kindReaders: readonly KindReader[] = [
  bucketsReader,
  eventSourceMappingsReader,
  functionsReader,
  httpApisReader,
  instancesReader,
  queuesReader,
  rolesReader,
  tablesReader,
  topicsReader,
];
