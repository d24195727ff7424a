import { shellWord } from '#core/util/shell-word.ts';
import { isRepositorysOwn } from '#lib/config/config-file.ts';
import { type ConfigFile, findConfig } from './open-config.ts';

/** Options that make commands use this configuration; empty if they find it on their own. */
export interface ConfigFlags {
  /** For `./chaos` in the same folder. */
  readonly chaos: string;
  /** For `npx cdk`, which runs in the clone. */
  readonly cdk: string;
}

export function configFlags({ path, shown }: ConfigFile, cwd: string): ConfigFlags {
  return {
    chaos: findConfig(undefined, cwd).path === path ? '' : ` --config ${shellWord(shown)}`,
    cdk: isRepositorysOwn(path) ? '' : ` -c config=${shellWord(path)}`,
  };
}
