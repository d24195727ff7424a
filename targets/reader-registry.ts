import { eventSourceMappingsReader } from './event-source-mappings/reader.ts';
import { functionsReader } from './functions/reader.ts';
import { httpApisReader } from './http-apis/reader.ts';
import { instancesReader } from './instances/reader.ts';
import type { KindReader } from './kind-reader.ts';
import { rolesReader } from './roles/reader.ts';

export const kindReaders: readonly KindReader[] = [
  eventSourceMappingsReader,
  functionsReader,
  httpApisReader,
  instancesReader,
  rolesReader,
];
