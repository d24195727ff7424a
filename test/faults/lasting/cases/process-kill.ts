import { commandCase } from '../a-managed-instance.ts';

export const faultCase = commandCase('Chaos-ProcessKill', { process: 'java' });
