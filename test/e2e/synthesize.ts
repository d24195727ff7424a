import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { stackName } from '#lib/outputs.ts';
import { cleanEnvironment, runNode } from '../support/child-process.ts';
import { e2eConfig, findConfigIn, type Variant, writeConfig } from './config.ts';

/** What `cdk synth` wrote for the master account. */
export interface Assembly {
  /** The configuration that it was made from. */
  readonly configFile: string;
  readonly templateBody: string;
  readonly assets: readonly Asset[];
}
/** A function's code, and where the template expects it. */
export interface Asset {
  readonly bucket: string;
  readonly key: string;
  readonly zip: Uint8Array<ArrayBuffer>;
}

/** Runs `cdk synth` on the repository's app, as a user does, into a folder of its own. */
export async function synthesize(folder: string, variant: Variant): Promise<void> {
  await mkdir(join(folder, variant));
  const config = await writeConfig(join(folder, variant), e2eConfig(variant));
  const output = join(folder, variant, 'cdk.out');
  const { exitCode, stderr } = await runNode(
    ['node_modules/.bin/cdk', 'synth', '--quiet', '--no-notices', '-c', `config=${config}`, '-o', output],
    { ...cleanEnvironment(), CDK_DISABLE_CLI_TELEMETRY: 'true' },
  );
  if (exitCode !== 0) throw new Error(`cdk synth ended with ${exitCode}:\n${stderr}`);
}

/** What `synthesize` left in the folder. */
export async function readAssembly(folder: string, variant: Variant): Promise<Assembly> {
  const output = join(folder, variant, 'cdk.out');
  const { files }: Manifest = JSON.parse(await readFile(join(output, `${stackName}.assets.json`), 'utf8'));
  return {
    configFile: findConfigIn(join(folder, variant)),
    templateBody: await readFile(join(output, `${stackName}.template.json`), 'utf8'),
    assets: await Promise.all(
      Object.values(files)
        .filter(({ source }) => source.packaging === 'zip')
        .flatMap(({ source, destinations }) =>
          Object.values(destinations).map(async ({ bucketName, objectKey }) => ({
            bucket: bucketName,
            key: objectKey,
            zip: await zipped(join(output, source.path)),
          })),
        ),
    ),
  };
}

interface Manifest {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
        readonly destinations: Readonly<
          Record<string, { readonly bucketName: string; readonly objectKey: string }>
        >;
      }
    >
  >;
}

async function zipped(folder: string): Promise<Uint8Array<ArrayBuffer>> {
  const entries = (await readdir(folder)).map(
    async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const,
  );
  return zipSync(Object.fromEntries(await Promise.all(entries)));
}
