import { readFileSync } from 'node:fs';
import type { BundledPackage } from './bundled-packages.ts';

const apache = new URL('../LICENSE', import.meta.url);
const rule = '-'.repeat(80);

/**
 * The license file next to a bundle, as the licenses require: every distinct text once, below its packages, and the legal comments that
 * esbuild removed from the code.
 */
export function licensesText(packages: readonly BundledPackage[], legalComments: string): string {
  const packagesOf = new Map<string, string[]>();
  for (const bundled of packages) {
    const line = `${bundled.name} ${bundled.version} (${bundled.license})`;
    for (const text of findTexts(bundled)) packagesOf.set(text, [...(packagesOf.get(text) ?? []), line]);
  }
  return [
    'This function is licensed under Apache-2.0. It contains code of these packages:',
    ...[...packagesOf].flatMap(([text, lines]) => ['', rule, ...lines, '', text]),
    '',
    ...(legalComments === '' ? [] : [rule, legalComments]),
  ].join('\n');
}

function findTexts({ name, license, texts }: BundledPackage): readonly string[] {
  if (texts.length > 0) return texts;
  // Some packages of AWS ship without their license text.
  if (license === 'Apache-2.0') return [readFileSync(apache, 'utf8').trim()];
  if (license === 'MIT-0') return ['MIT-0 requires no notice, and the package contains none.'];
  throw new Error(`${name} (${license}) has no license text to ship with it`);
}
