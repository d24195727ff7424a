import { userInfo } from 'node:os';

/** Who uses this machine: a name, or a number where the user has none, as in many containers. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
