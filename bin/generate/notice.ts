import type { BundledPackage } from '#lib/bundled-packages.ts';

const header = `Serverless Chaos Monkey
Copyright 2026 The Serverless Chaos Monkey Authors

Licensed under the Apache License, Version 2.0: see LICENSE.

The bundles of the Lambda functions contain the third-party software listed below, by license. The texts of these
licenses are next to each bundle, in LICENSES.txt. Versions are in package-lock.json, and in the software bill of
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
