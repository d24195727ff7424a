import type { Kind } from '#core/kinds/kind.ts';
import { eventSourceMappings } from './event-source-mappings/kind.ts';
import { functions } from './functions/kind.ts';
import { httpApis } from './http-apis/kind.ts';
import { instances } from './instances/kind.ts';
import { roles } from './roles/kind.ts';

export const kinds: readonly Kind[] = [eventSourceMappings, functions, httpApis, instances, roles];
