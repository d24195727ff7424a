import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

export interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file imported, from the root; undefined for a package. */
  readonly to: string | undefined;
}

/** The imports of a file, those of types included. */
export function importsIn(root: string, from: string): readonly Import[] {
  return specifiersIn(readFileSync(join(root, from), 'utf8')).map((specifier) => ({
    from,
    specifier,
    to: resolve(from, specifier),
  }));
}

export function specifiersIn(source: string): readonly string[] {
  const code = source.replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, '');
  return [
    ...code.matchAll(/(?:^(?:import|export)\b[^'\n]*\bfrom|^\} from|^import|\bimport\()\s*'([^']+)'/gm),
  ].map(([, specifier = '']) => specifier);
}

/** Every alias of package.json is that of a top-level folder: `#core/...`. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return join(dirname(from), specifier);
  return specifier.startsWith('#') ? specifier.slice(1) : undefined;
}

/** The room of a file: the closest that has it. */
export function closestRoom(file: string, rooms: readonly string[]): string {
  const around = rooms.filter((room) => isWithin(file, room));
  return around.toSorted((a, b) => b.length - a.length)[0] ?? file;
}

export function isWithin(room: string, other: string): boolean {
  return room === other || room.startsWith(`${other}/`);
}
