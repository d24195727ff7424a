import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { channelRegistry } from './channel-registry.ts';
import { factRegistry } from './fact-registry.ts';
import { faultRegistry } from './fault-registry.ts';
import { kindRegistry, readerRegistry, serviceRegistry } from './folder-registries.ts';
import { probeRegistry } from './probe-registry.ts';

const root = new URL('../../', import.meta.url);

/**
 * All generated files, even partly generated ones, by their paths from the root; undefined for one that there must not be. In order: later
 * ones depend on the registries, and import them only when they are generated.
 */
const generatedFiles: Readonly<Record<string, () => Promise<string | undefined>>> = {
  'core/config/known-regions.ts': async () => {
    const { RegionInfo } = await import('aws-cdk-lib/region-info');
    const { knownRegionsFile } = await import('./known-regions.ts');
    return knownRegionsFile(RegionInfo.regions.map(({ name }) => name));
  },
  'faults/registry.ts': async () =>
    faultRegistry(await readdir(new URL('faults/', root), { recursive: true })),
  'targets/registry.ts': async () =>
    kindRegistry(await readdir(new URL('targets/', root), { recursive: true })),
  'targets/reader-registry.ts': async () =>
    readerRegistry(await readdir(new URL('targets/', root), { recursive: true })),
  'sandbox/registry.ts': async () =>
    serviceRegistry(await readdir(new URL('sandbox/', root), { recursive: true })),
  'verify-aws/registry.ts': async () => factRegistry(await readdir(new URL('verify-aws/facts/', root))),
  'probes/registry.ts': async () => probeRegistry(await readdir(new URL('probes/', root))),
  'notify/registry.ts': async () => channelRegistry(await readdir(new URL('notify/', root))),
  'target-role/chaos-target-role.yaml': async () => {
    const { chaosTargetRoleTemplate } = await import('#target-role/chaos-target-role-template.ts');
    const { targetRoleYaml } = await import('./target-role-yaml.ts');
    const { config, faults } = await ownConfig();
    return targetRoleYaml(chaosTargetRoleTemplate(config, faults));
  },
  'target-role/chaos-undo.yaml': () => undoFile('chaos-undo.yaml'),
  'target-role/chaos-undo-regional.yaml': () => undoFile('chaos-undo-regional.yaml'),
  'target-role/chaos-documents.yaml': () => undoFile('chaos-documents.yaml'),
  'target-role/chaos-documents-of-space.yaml': () => undoFile('chaos-documents-of-space.yaml'),
  // For people whose clone is not even set up.
  'bin/not-stopped.txt': async () => {
    const { lastResorts } = await import('#cli/render/last-resorts.ts');
    return `If nothing else works, use the aws CLI with credentials of the master account:\n${lastResorts({})}\n`;
  },
  NOTICE: async () => {
    const { listFunctionPackages } = await import('#lib/bundle.ts');
    const { noticeText } = await import('./notice.ts');
    return noticeText([...listFunctionPackages().values()].flat());
  },
  'docs/faults.md': async () => {
    const { faults } = await import('#faults/registry.ts');
    const { faultsPage } = await import('./faults-page.ts');
    return faultsPage(await readFile(new URL('docs/faults.md', root), 'utf8'), faults);
  },
  'docs/operations.md': async () => {
    const { faults } = await import('#faults/registry.ts');
    const { kinds } = await import('#targets/registry.ts');
    const { operationsPage } = await import('./operations-page.ts');
    return operationsPage(await readFile(new URL('docs/operations.md', root), 'utf8'), faults, kinds);
  },
  'docs/verified.md': async () => {
    const { facts } = await import('#verify-aws/registry.ts');
    const { verifiedPage } = await import('./verified-page.ts');
    return verifiedPage(facts);
  },
  'docs/guards.md': async () => {
    const { allGates } = await import('#core/gates/index.ts');
    const { listGuards } = await import('#core/guards/index.ts');
    const { kinds } = await import('#targets/registry.ts');
    const { guardsPage } = await import('./guards-page.ts');
    const all = listGuards(kinds.flatMap(({ guards }) => guards));
    return guardsPage(await readFile(new URL('docs/guards.md', root), 'utf8'), allGates, all);
  },
  'docs/configuration.md': async () => {
    const { configSchema } = await import('#core/config/config.ts');
    const { faults } = await import('#faults/registry.ts');
    const { ChannelConfigs } = await import('#notify/registry.ts');
    const { configurationPage } = await import('./configuration-page.ts');
    const page = await readFile(new URL('docs/configuration.md', root), 'utf8');
    return configurationPage(page, configSchema(faults, ChannelConfigs));
  },
};

async function ownConfig() {
  const { faults } = await import('#faults/registry.ts');
  const { openConfig } = await import('#cli/config/open-config.ts');
  const { configName, defaultConfigFile } = await import('#lib/config/config-file.ts');
  const path = defaultConfigFile();
  return { config: await openConfig({ path, shown: configName(path) }), faults };
}

/** Undefined if no enabled fault needs it. */
async function undoFile(file: string): Promise<string | undefined> {
  const { neededParts } = await import('#target-role/undo-parts.ts');
  const { undoTemplate } = await import('#target-role/undo-templates.ts');
  const { undoYaml } = await import('./target-role-yaml.ts');
  const { config, faults } = await ownConfig();
  const part = neededParts(config, faults).find((one) => one.file === file);
  return part && undoYaml(part, undoTemplate(part, config, faults));
}

export async function staleFiles(): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, make] of Object.entries(generatedFiles)) {
    if ((await make()) !== (await readIfExists(path))) stale.push(path);
  }
  return stale;
}

/** Writes the stale files, removes those that there must not be, and returns their paths. */
export async function writeStaleFiles(): Promise<readonly string[]> {
  const made: string[] = [];
  for (const [path, make] of Object.entries(generatedFiles)) {
    const text = await make();
    if (text === (await readIfExists(path))) continue;
    const file = new URL(path, root);
    made.push(path);
    if (text === undefined) {
      await rm(file);
      continue;
    }
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, text);
  }
  return made;
}

/** Undefined if there is no such file. */
async function readIfExists(path: string): Promise<string | undefined> {
  return readFile(new URL(path, root), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
