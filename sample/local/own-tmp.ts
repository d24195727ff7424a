import { spawnSync } from 'node:child_process';

/** As much as the disk of one environment takes: little, as it is memory here. */
const script = 'mount -t tmpfs -o size=16m tmpfs /tmp && exec "$@"';

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
] as const;

/** Whether this machine lets its users do so. */
export function canHaveOwnTmp(): boolean {
  const [command, ...args] = withOwnTmp;
  return spawnSync(command, [...args, 'true'], { stdio: 'ignore' }).status === 0;
}
