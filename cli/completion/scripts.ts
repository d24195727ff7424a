import { bashScript } from './bash-script.ts';
import type { Completed } from './completion-spec.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

export const completionScripts: Readonly<Record<Shell, (commands: readonly Completed[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};
