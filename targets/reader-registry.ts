import { instancesReader } from './instances/reader.ts';
import type { KindReader } from './kind-reader.ts';

export const kindReaders: readonly KindReader[] = [instancesReader];
