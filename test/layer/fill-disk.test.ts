import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DiskFill } from '#layer/fill-disk.ts';

const megabyte = 1024 * 1024;
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chaos-disk-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Bytes that the disk has really given away, of the files in the folder. */
function taken(): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).blocks * 512, 0);
}

function linkOf(file: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${file}`);
  } catch {
    return '';
  }
}

async function until(bytes: number): Promise<void> {
  await vi.waitFor(() => expect(taken()).toBeGreaterThanOrEqual(bytes), { timeout: 60_000 });
}

describe('a disk', () => {
  test('is filled, and all is given back at once', async () => {
    const disk = new DiskFill(folder);
    disk.fill(3);
    await until(3 * megabyte);
    disk.fill(0);
    expect(readdirSync(folder)).toEqual([]);
    disk.fill(0);
    disk.fill(1);
    await until(megabyte);
    disk.fill(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is given back while it is being written to, and nothing stays open', async () => {
    const disk = new DiskFill(folder);
    disk.fill(10_240);
    await until(3 * megabyte);
    const [name = ''] = readdirSync(folder);
    const watch = openSync(join(folder, name), 'r');
    disk.fill(0);
    // One block may still be on its way.
    expect(fstatSync(watch).blocks * 512).toBeLessThanOrEqual(megabyte);
    expect(readdirSync(folder)).toEqual([]);
    closeSync(watch);
    const open = () => readdirSync('/proc/self/fd').filter((file) => linkOf(file).startsWith(folder));
    await vi.waitFor(() => expect(open()).toEqual([]), { timeout: 60_000 });
  });

  test('is filled once by several threads', async () => {
    const [one, other] = [new DiskFill(folder, true), new DiskFill(folder, true)];
    one.fill(2);
    other.fill(2);
    await until(2 * megabyte);
    expect(readdirSync(folder)).toHaveLength(1);
    other.fill(0);
    expect(taken()).toBeGreaterThanOrEqual(2 * megabyte);
    one.fill(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is given back though somebody has tidied up', async () => {
    const disk = new DiskFill(folder);
    disk.fill(1);
    await until(megabyte);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    disk.fill(0);
    disk.fill(1);
    await until(megabyte);
    disk.fill(0);
  });

  test('is freed of what a process left that was killed', () => {
    writeFileSync(join(folder, '.chaos-failure-layer'), 'left');
    writeFileSync(join(folder, 'own'), 'kept');
    new DiskFill(folder).removeLeftover();
    new DiskFill(folder).removeLeftover();
    expect(readdirSync(folder)).toEqual(['own']);
  });

  test.each([true, false])('says where nothing can be written, in a thread or not: %s', (isThread) => {
    const disk = new DiskFill(join(folder, 'no-such'), isThread);
    expect(() => disk.fill(1)).toThrow('ENOENT');
    disk.fill(0);
  });

  test('says what is in the way, where no other thread can have made it', () => {
    writeFileSync(join(folder, '.chaos-failure-layer'), 'left');
    const disk = new DiskFill(folder);
    expect(() => disk.fill(1)).toThrow('EEXIST');
    disk.fill(0);
  });
});
