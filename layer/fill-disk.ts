import { closeSync, ftruncateSync, openSync, rmSync, write } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const fileName = '.chaos-failure-layer';
const block = Buffer.alloc(1024 * 1024);

interface Filling {
  readonly file: number;
  isWriting: boolean;
}

/** Takes up space in a folder, by one file, and gives it back. */
export class DiskFill {
  readonly #path: string;
  readonly #isThread: boolean;
  #megabytes = 0;
  #filling: Filling | undefined;

  /** `isThread`: one of several of this environment that fill the same folder. */
  constructor(folder: string, isThread = false) {
    this.#path = join(folder, fileName);
    this.#isThread = isThread;
  }

  /** Removes what an earlier process of this environment left when it was killed. */
  removeLeftover(): void {
    rmSync(this.#path, { force: true });
  }

  /** Takes that many megabytes, in the background, or all there are; 0 gives them back at once. Throws what opening the file throws. */
  fill(megabytes: number): void {
    if (megabytes === this.#megabytes) return;
    this.#megabytes = megabytes;
    this.#giveBack();
    if (megabytes > 0) this.#begin();
  }

  #begin(): void {
    try {
      this.#filling = { file: openSync(this.#path, 'wx', 0o600), isWriting: true };
    } catch (error) {
      // Another thread fills it.
      if (this.#isThread && codeOf(error) === 'EEXIST') return;
      throw error;
    }
    this.#write(this.#filling, this.#megabytes * block.length).catch(() => {});
  }

  /** Writes, as a file that was only lengthened takes no space. */
  async #write(filling: Filling, bytes: number): Promise<void> {
    const { file } = filling;
    try {
      for (let at = 0; this.#filling === filling && at < bytes; ) {
        at += (await promisify(write)(file, block, 0, block.length, at)).bytesWritten;
      }
    } catch {
      // The disk is full.
    }
    filling.isWriting = false;
    if (this.#filling !== filling) closeSync(file);
  }

  #giveBack(): void {
    const filling = this.#filling;
    if (filling === undefined) return;
    this.#filling = undefined;
    // Frees the space even if it is being written to. Closing it then would write to whatever gets its number.
    ftruncateSync(filling.file, 0);
    rmSync(this.#path, { force: true });
    if (!filling.isWriting) closeSync(filling.file);
  }
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown }).code;
}
