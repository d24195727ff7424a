import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { documentContent } from '#documents/document-content.ts';
import type { CommandDocument } from '#documents/documents.ts';
import { type Finished, ownClock, startChild } from '../support/child-process.ts';

const tools =
  'cat date dd df fallocate head mkdir mkfifo mv nproc rm rmdir setsid sh sleep tail timeout'.split(' ');

export type Shell = 'dash' | 'bash' | 'busybox';

export const shells = (['dash', 'bash', 'busybox'] as const).filter((shell) => locate(shell) !== undefined);

interface InstanceOptions {
  /** What `sh` is. With busybox, every other tool is of it too. Default: this machine's. */
  readonly shell?: Shell;
  readonly without?: readonly string[];
  /** Scripts in place of tools, or beside them. */
  readonly fakes?: Readonly<Record<string, string>>;
  /** What a command is run by: to be in another namespace. */
  readonly within?: readonly string[];
}

export type Instance = ReturnType<typeof anInstance>;

/** What the scripts see of a machine: only the tools that they may use, and a place of their own for their records. */
export function anInstance({ shell, without = [], fakes = {}, within = [] }: InstanceOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-documents-'));
  const bin = join(folder, 'bin');
  const home = join(folder, 'run');
  mkdirSync(bin);
  for (const tool of tools) {
    if (without.includes(tool) || tool in fakes) continue;
    const program = shell === 'busybox' ? 'busybox' : tool === 'sh' ? (shell ?? 'sh') : tool;
    symlinkSync(locate(program) ?? program, join(bin, tool));
  }
  for (const [name, body] of Object.entries(fakes)) {
    writeFileSync(join(bin, name), `#!${locate('sh')}\n${body}\n`, { mode: 0o755 });
  }

  /** All that was started here and still runs, by its environment. */
  const running = () =>
    pids().flatMap((pid) => {
      const { environ, cmdline, stat } = readProcess(pid);
      const ours = environ.includes(`CHAOS_HOME=${home}\0`) && !/\) [ZX] /.test(stat);
      return ours ? [{ pid, command: cmdline.replaceAll('\0', ' ').trim() }] : [];
    });

  onTestFinished(() => {
    for (const { pid } of running()) killIfThere(pid);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a document as the agent does, with its parameters as variables. */
  const start = (document: CommandDocument, variables: Readonly<Record<string, string | number>>) => {
    const script = join(folder, `${document.name}.sh`);
    const [step] = documentContent(document).mainSteps;
    writeFileSync(script, `${step.inputs.runCommand.join('\n')}\n`);
    const parameters = Object.entries(variables).map(([name, value]) => [`SSM_${name}`, String(value)]);
    const [program = '', ...args] = [...within, join(bin, 'sh'), script];
    const child = startChild(program, args, {
      env: { PATH: bin, CHAOS_HOME: home, ...ownClock(), ...Object.fromEntries(parameters) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const finished = (async (): Promise<Finished> => {
      const [[exitCode], stdout, stderr] = await Promise.all([
        once(child, 'close'),
        child.stdout === null ? '' : text(child.stdout),
        child.stderr === null ? '' : text(child.stderr),
      ]);
      return { exitCode, stdout, stderr };
    })();
    return { child, finished };
  };

  return {
    folder,
    home,
    running,
    start,
    run: (...args: Parameters<typeof start>) => start(...args).finished,
    /** The processes that the record names, by role. */
    recorded: (strike: string) =>
      readFileSync(join(home, 'active', strike, 'processes'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ pid: Number(line.split(' ')[0]), role: line.split(' ')[2] ?? '' })),
    watch: () => running().find(({ command }) => / watch /.test(command))?.pid ?? 0,
    /** Polls until all of it is gone, and no record is left. */
    async isClear() {
      await expect.poll(running, { timeout: 120_000, interval: 100 }).toEqual([]);
      expect(existsSync(join(home, 'active'))).toBe(false);
    },
  };
}

/** Parameters that every strike has, begun in time. */
export function beginning(strike: string, seconds: number) {
  return { Strike: strike, Seconds: seconds, NotAfter: Math.floor(Date.now() / 1000) + 600 };
}

export function locate(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Whether there can be namespaces of one's own, which containers often refuse. Says so if not. */
export function hasNamespaces(leftOut: string): boolean {
  const has = spawnSync('unshare', ['-rmpCf', '--mount-proc', 'true']).status === 0;
  if (!has) process.stderr.write(`LEFT OUT: ${leftOut}: unshare may not make namespaces here\n`);
  return has;
}

/** What runs a command after a script of its own, with mounts of its own. */
export function withMounts(script: string): readonly string[] {
  return [locate('unshare') ?? 'unshare', '-rmC', ...after(script, 'exec "$@"')];
}

/** With pids of its own, too: the script runs in process 1. */
export function withMountsAndPids(script: string): readonly string[] {
  return [
    ...[locate('unshare') ?? 'unshare', '-rmpCf', '--mount-proc', '--kill-child'],
    // Not in its place: the first process of a namespace is not killed by others in it.
    ...after(script, '"$@"; exit "$?"'),
  ];
}

function after(script: string, command: string): readonly string[] {
  const path = `inner=$PATH; PATH='${process.env.PATH}'`;
  return [locate('sh') ?? 'sh', '-c', `${path}; ${script}; PATH=$inner; ${command}`, 'after'];
}

function pids(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function readProcess(pid: number): { environ: string; cmdline: string; stat: string } {
  const read = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8');
  try {
    return { environ: read('environ'), cmdline: read('cmdline'), stat: read('stat') };
  } catch {
    return { environ: '', cmdline: '', stat: '' };
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
