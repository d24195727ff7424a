import * as z from 'zod';

/**
 * An SSM command document of ours: the script that runs on an instance, and what it is given. Each name in `parameters` is the
 * one in SSM with a small first letter.
 */
export interface CommandDocument<Parameters extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly description: string;
  /** The files that make up its script, one after the other. */
  readonly scripts: readonly string[];
  readonly parameters: Parameters;
}

const strike = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,63}$/)
  .describe('The id of the strike: it is begun only once, and undone by it');

/** What every strike is begun with. */
const Beginning = z.strictObject({
  strike,
  seconds: z.int().min(1).max(43_200).describe('How long it lasts'),
  notAfter: z
    .int()
    .min(1)
    .max(9_999_999_999)
    .describe('Epoch seconds: nothing is begun later than that, nor more than an hour earlier'),
});

const megabytes = z.int().min(1).max(99_999_999).default(99_999_999);

export const CpuBurnParameters = z.strictObject({
  percent: z.int().min(1).max(95).describe('Percent of the time of all cores'),
});

export const MemoryFillParameters = z.strictObject({
  megabytes: megabytes.describe('How many MB are taken at most'),
  leaveMegabytes: z.int().min(100).max(99_999_999).default(200).describe('How many MB stay available'),
});

export const DiskFillParameters = z.strictObject({
  path: z
    .string()
    .regex(/^[/][A-Za-z0-9_./-]{0,199}$/)
    .describe('The absolute path of a folder: the file system that it is on is filled'),
  megabytes: megabytes.describe('How many MB are taken at most'),
  leaveMegabytes: z
    .int()
    .min(0)
    .max(99_999_999)
    .default(200)
    .describe('How many MB stay free; at least 200 where the SSM agent keeps its files'),
});

/** Those by which somebody gets at an instance, and those that a document consists of. The script refuses them too. */
const neverKilled =
  /^(?:init|systemd.*|amazon-ssm-agen|ssm-agent-worke|ssm-document-w|ssm-session-wo|ssm-session-log|sshd|sshd-.*|_script\.sh|sh|ash|bash|dash|busybox|timeout|setsid)$/;

export const ProcessKillParameters = z.strictObject({
  process: z
    .string()
    .regex(/^[A-Za-z0-9_.:@+-]{1,15}$/)
    .refine((name) => !neverKilled.test(name), 'this is never killed')
    .describe('The name of the processes in /proc/PID/comm, which is at most 15 characters long'),
});

export const cpuBurn = {
  name: 'Chaos-CpuBurn',
  description: 'Burns a share of the time of all cores.',
  scripts: ['record.sh', 'strike.sh', 'cpu-burn.sh'],
  parameters: Beginning.extend(CpuBurnParameters.shape),
} satisfies CommandDocument;

export const memoryFill = {
  name: 'Chaos-MemoryFill',
  description: 'Takes memory, in a process that the kernel kills before any other.',
  scripts: ['record.sh', 'strike.sh', 'memory.sh', 'memory-fill.sh'],
  parameters: Beginning.extend(MemoryFillParameters.shape),
} satisfies CommandDocument;

export const diskFill = {
  name: 'Chaos-DiskFill',
  description: 'Fills a file system with a file that has no name.',
  scripts: ['record.sh', 'strike.sh', 'memory.sh', 'disk-fill.sh'],
  parameters: Beginning.extend(DiskFillParameters.shape),
} satisfies CommandDocument;

export const processKill = {
  name: 'Chaos-ProcessKill',
  description: 'Kills every process of a name, and again whenever there is one.',
  scripts: ['record.sh', 'strike.sh', 'process-kill.sh'],
  parameters: Beginning.extend(ProcessKillParameters.shape),
} satisfies CommandDocument;

export const undo = {
  name: 'Chaos-Undo',
  description: 'Ends whatever a strike began on the instance, and keeps it from beginning later.',
  scripts: ['record.sh', 'undo.sh'],
  parameters: z.strictObject({ strike }),
} satisfies CommandDocument;

export const documents: readonly CommandDocument[] = [cpuBurn, memoryFill, diskFill, processKill, undo];
