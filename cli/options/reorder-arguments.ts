/** Moves options before the command behind it. */
export function moveOptionsAfterCommand(args: readonly string[]): readonly string[] {
  return normalizeStop(args) ?? moveDeploymentOptions(args);
}

/** Like the aws CLI, accepts these options before the command: `chaos --profile ops stop` is `chaos stop --profile ops`. */
function moveDeploymentOptions(args: readonly string[]): readonly string[] {
  let count = 0;
  while (count < args.length) {
    const [, equals] = /^--(?:profile|region)(=.*)?$/s.exec(args[count] ?? '') ?? [undefined, null];
    if (equals === null) break;
    count += equals === undefined ? 2 : 1;
  }
  const words = args.slice(count);
  const [command] = words;
  if (command === undefined) return args;
  // Its commands have the options, and it has none itself.
  const name = command === 'experiment' ? 2 : 1;
  return [...words.slice(0, name), ...args.slice(0, count), ...words.slice(name)];
}

/**
 * A stop may follow any options, and may be spelled in several ways: `chaos --json STOP`, `chaos --stop`. Undefined if another word
 * that is not an option's value comes first.
 */
function normalizeStop(args: readonly string[]): readonly string[] | undefined {
  for (const [index, arg] of args.entries()) {
    if (asksForHelp.has(arg)) return undefined;
    const before = args[index - 1] ?? '';
    // `experiment stop` stops no more than that, whatever stands before it.
    if (arg === 'experiment' && !takesValue.test(before)) return undefined;
    if (isStopWord(arg) && !takesValue.test(before)) {
      return ['stop', ...args.slice(0, index), ...args.slice(index + 1)];
    }
    if (!arg.startsWith('-') && (!before.startsWith('-') || before === '--json')) return undefined;
  }
  return undefined;
}

/** Whether this word may mean a stop. */
export function isStopWord(word: string): boolean {
  return /^-{0,2}stop$/i.test(word);
}

const takesValue = /^--(?:profile|region|table|config|reason)$/;
const asksForHelp: ReadonlySet<string> = new Set(['--help', '-h', '--version']);
