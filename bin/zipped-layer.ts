import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { bundleLayer } from '#lib/bundle-layer.ts';

/** A zip keeps local time, and this is the same everywhere. */
const mtime = new Date(1980, 0, 1);

/** The failure layer as Lambda takes it. The same sources give the same bytes on every machine, at any time. */
export function zippedLayer(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-layer-'));
  try {
    bundleLayer(folder);
    const files = globSync('**/*', { cwd: folder })
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort();
    return zipSync(Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path))])), {
      mtime,
      // Unix, and readable by whoever the function runs as.
      os: 3,
      attrs: 0o644 << 16,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
