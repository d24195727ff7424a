import { version } from '#core/util/version.ts';
import type { BundledPackage } from '#lib/bundled-packages.ts';

const product = 'serverless-chaos-monkey';

/**
 * In CycloneDX 1.6: the functions, and the packages with code in each. Without the moment and the serial number that are
 * customary, as these would differ with every making.
 */
export function billOfMaterials(functions: ReadonlyMap<string, readonly BundledPackage[]>): object {
  const packages = new Map([...functions.values()].flat().map((bundled) => [urlOf(bundled), bundled]));
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
      ...[...functions].map(([ref, of]) => ({ ref, dependsOn: of.map(urlOf).sort() })),
    ],
  };
}

function component(
  type: string,
  ref: string,
  of: Pick<BundledPackage, 'name' | 'version' | 'license'>,
): object {
  return {
    type,
    'bom-ref': ref,
    name: of.name,
    version: of.version,
    // An expression may be a single license, and need not be.
    licenses: [{ expression: of.license }],
  };
}

/** As in `pkg:npm/%40aws-sdk/client-ec2@3.1169.0`. */
function urlOf({ name, version }: BundledPackage): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}
