import { shellWord } from '#core/util/shell-word.ts';
import { isRepositorysOwn } from '#lib/config/config-file.ts';
import { type ConfigFile, findConfig } from './load-config.ts';

/** What must be added to commands for them to mean this configuration; empty where they find it by themselves. */
export interface ConfigFlags {
  /** To `./chaos`, in the same folder. */
  readonly chaos: string;
  /** To `npx cdk`, which is run in the clone. */
  readonly cdk: string;
}

export function configFlags({ path, shown }: ConfigFile, cwd: string): ConfigFlags {
  return {
    chaos: findConfig(undefined, cwd).path === path ? '' : ` --config ${shellWord(shown)}`,
    cdk: isRepositorysOwn(path) ? '' : ` -c config=${shellWord(path)}`,
  };
}
