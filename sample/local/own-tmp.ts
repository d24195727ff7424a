import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/**
 * As much as the disk of one environment takes: little, as it is memory here. If this repository is in /tmp itself, it stays where it is:
 * without `-c`, the path of what is bound would be looked up, and it is hidden by then.
 */
const script = [
  'root=$1; shift; cd "$root"',
  'mount -t tmpfs -o size=16m tmpfs /tmp',
  'case "$root" in /tmp/*) mkdir -p "$root" && mount -c --bind . "$root" && cd "$root";; esac',
  'exec "$@"',
].join(' && ');

/** Comes before a command that has a /tmp of its own, as every environment has on Lambda. Linux only. */
export const withOwnTmp = [
  'unshare',
  '--user',
  '--map-root-user',
  '--mount',
  'sh',
  '-c',
  script,
  'sh',
  root,
] as const;

/** Whether this machine lets its users do so, and Node and what it runs can be seen there. */
export function canHaveOwnTmp(): boolean {
  const [command, ...args] = withOwnTmp;
  const seen = ['test', '-e', process.execPath, '-a', '-e', fileURLToPath(import.meta.url)];
  return spawnSync(command, [...args, ...seen], { stdio: 'ignore' }).status === 0;
}
