import { commandCase } from '../a-managed-instance.ts';

export const faultCase = commandCase('Chaos-MemoryFill', { megabytes: 512, leaveMegabytes: 200 });
