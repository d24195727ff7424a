import { commandCase } from '../a-managed-instance.ts';

export const faultCase = commandCase('Chaos-DiskFill', { path: '/var', megabytes: 512, leaveMegabytes: 200 });
