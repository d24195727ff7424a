import type { BundledPackage } from '#lib/bundled-packages.ts';

const header = `Serverless Chaos Monkey
Copyright 2026 The Serverless Chaos Monkey Authors

Licensed under the Apache License, Version 2.0: see LICENSE.

The Lambda functions are bundled with the software of others that is listed below, by license. Each bundle has the
texts of these licenses beside it, in LICENSES.txt. Versions are in package-lock.json, and in the software bill of
materials of each release.
`;

/** The text of NOTICE. Without versions: an update only changes it if a package is added or removed. */
export function noticeText(packages: readonly BundledPackage[]): string {
  const byLicense = Map.groupBy(packages, ({ license }) => license);
  const sections = [...byLicense]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([license, of]) =>
      [license, ...[...new Set(of.map(({ name }) => `  ${name}`))].sort(), ''].join('\n'),
    );
  return [header, ...sections].join('\n');
}
