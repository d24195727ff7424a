import { functionsReader } from './functions/reader.ts';
import { instancesReader } from './instances/reader.ts';
import type { KindReader } from './kind-reader.ts';

export const kindReaders: readonly KindReader[] = [functionsReader, instancesReader];
