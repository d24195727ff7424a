import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** A package with code in a bundle. */
export interface BundledPackage extends z.infer<typeof Manifest> {
  /** Its LICENSE and NOTICE files. Some packages ship neither. */
  readonly texts: readonly string[];
}

/** `root` is the folder that the paths of the metafile start from. */
export function bundledPackages(metafile: Metafile, root: string): readonly BundledPackage[] {
  // Of the outputs, not of the build: what was imported and then shaken off does not ship.
  const paths = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = paths.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort().map((folder) => bundledPackage(join(root, folder)));
}

function bundledPackage(folder: string): BundledPackage {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  return {
    ...Manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))),
    texts: names.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim()),
  };
}
