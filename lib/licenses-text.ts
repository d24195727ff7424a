import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

const apache = new URL('../LICENSE', import.meta.url);
const rule = '-'.repeat(80);

/**
 * What goes beside a bundle, as the licenses ask for: every distinct text once, under the packages that it is of, and the legal
 * comments that esbuild took out of the code.
 */
export function licensesText(packages: readonly BundledPackage[], legalComments: string): string {
  const packagesOf = new Map<string, string[]>();
  for (const bundled of packages) {
    const line = `${bundled.name} ${bundled.version} (${bundled.license})`;
    for (const text of textsOf(bundled)) packagesOf.set(text, [...(packagesOf.get(text) ?? []), line]);
  }
  return [
    'This function is licensed under Apache-2.0. It contains code of these packages:',
    ...[...packagesOf].flatMap(([text, lines]) => ['', rule, ...lines, '', text]),
    '',
    ...(legalComments === '' ? [] : [rule, legalComments]),
  ].join('\n');
}

function textsOf({ name, license, texts }: BundledPackage): readonly string[] {
  if (texts.length > 0) return texts;
  // Some packages of AWS come without the text that they are under.
  if (license === 'Apache-2.0') return [readFileSync(apache, 'utf8').trim()];
  if (license === 'MIT-0') return ['MIT-0 asks for no notice, and the package brings none.'];
  throw new Error(`${name} (${license}) has no license text to ship with it`);
}
