import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { ownClock } from './child-process.ts';

/** Where Debian's `chromium` is; undefined where it is not on the PATH. */
export function findChromium(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find(existsSync);
}

/** Prints that tests were skipped because chromium is missing. Throws if `CHAOS_REQUIRE_CHROMIUM` requires them. */
export function sayWithoutChromium(leftOut: string): void {
  if (process.env.CHAOS_REQUIRE_CHROMIUM !== undefined) {
    throw new Error(`CHAOS_REQUIRE_CHROMIUM is set and chromium is not on the PATH: ${leftOut}`);
  }
  process.stderr.write(`LEFT OUT: ${leftOut}: chromium is not on the PATH (apt-get install chromium)\n`);
}

/** A browser without a screen. */
export function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium is not on the PATH (apt-get install chromium)');
  // Without the clock of `faketime`, under which it hangs. Pages of ours never ask for the time.
  const shifted = ownClock();
  const env = Object.fromEntries(Object.entries(process.env).filter(([key]) => !(key in shifted)));
  // Its sandbox does not start for root, as in containers; it shows nothing but pages of our own.
  return chromium.launch({ executablePath, chromiumSandbox: false, env });
}
