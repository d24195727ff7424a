/** Options before the command, in one order for all that follows. */
export function moveOptionsAfterCommand(args: readonly string[]): readonly string[] {
  return normalizeStop(args) ?? moveDeploymentOptions(args);
}

/** Where the aws CLI takes options before the command as well: `chaos --profile ops stop` is `chaos stop --profile ops`. */
function moveDeploymentOptions(args: readonly string[]): readonly string[] {
  let count = 0;
  while (count < args.length) {
    const [, equals] = /^--(?:profile|region)(=.*)?$/s.exec(args[count] ?? '') ?? [undefined, null];
    if (equals === null) break;
    count += equals === undefined ? 2 : 1;
  }
  const [command, ...rest] = args.slice(count);
  return command === undefined ? args : [command, ...args.slice(0, count), ...rest];
}

/**
 * A stop may have any option before it, and be written in any way: `chaos --json STOP`, `chaos --stop`. Undefined where another word
 * comes first that is no option's value.
 */
function normalizeStop(args: readonly string[]): readonly string[] | undefined {
  for (const [index, arg] of args.entries()) {
    if (asksForHelp.has(arg)) return undefined;
    const before = args[index - 1] ?? '';
    if (isStopWord(arg) && !takesValue.test(before)) {
      return ['stop', ...args.slice(0, index), ...args.slice(index + 1)];
    }
    if (!arg.startsWith('-') && (!before.startsWith('-') || before === '--json')) return undefined;
  }
  return undefined;
}

/** Whether somebody who typed this word may have wanted a stop. */
export function isStopWord(word: string): boolean {
  return /^-{0,2}stop$/i.test(word);
}

const takesValue = /^--(?:profile|region|table|config|reason)$/;
const asksForHelp: ReadonlySet<string> = new Set(['--help', '-h', '--version']);
