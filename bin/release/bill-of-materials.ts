import { version } from '#core/util/version.ts';
import type { BundledPackage } from '#lib/bundled-packages.ts';

const product = 'serverless-chaos-monkey';

/**
 * Lists the functions, and the packages with code in each, in CycloneDX 1.6. Omits the customary timestamp and serial number, which would
 * differ in every build.
 */
export function billOfMaterials(functions: ReadonlyMap<string, readonly BundledPackage[]>): object {
  const packages = new Map([...functions.values()].flat().map((bundled) => [packageUrl(bundled), bundled]));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        ...component('application', product, { name: product, version, license: 'Apache-2.0' }),
        components: [...functions.keys()].map((name) =>
          component('application', name, { name, version, license: 'Apache-2.0' }),
        ),
      },
    },
    components: [...packages]
      .sort()
      .map(([purl, bundled]) => ({ ...component('library', purl, bundled), purl })),
    dependencies: [
      { ref: product, dependsOn: [...functions.keys()] },
      ...[...functions].map(([ref, packages]) => ({ ref, dependsOn: packages.map(packageUrl).sort() })),
    ],
  };
}

function component(
  type: string,
  ref: string,
  { name, version, license }: Pick<BundledPackage, 'name' | 'version' | 'license'>,
): object {
  return {
    type,
    'bom-ref': ref,
    name,
    version,
    // An expression may also be a single license.
    licenses: [{ expression: license }],
  };
}

/** `pkg:npm/%40aws-sdk/client-ec2@3.1169.0`. */
function packageUrl({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
