import { instancesReader } from './instances/reader.ts';

export const kindReaders = [instancesReader];
