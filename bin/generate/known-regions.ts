/** The text of core/config/known-regions.ts, from the regions that CDK knows. */
export function knownRegionsFile(regions: readonly string[]): string {
  return [
    '// Made by `npm run generate` from the regions that aws-cdk-lib knows. Do not edit.',
    '',
    '/** Every region of every partition, as of the AWS CDK that this was made with. */',
    'export const knownRegions: readonly string[] = [',
    ...[...regions].sort().map((region) => `  '${region}',`),
    '];',
    '',
  ].join('\n');
}
