/** Where the aws CLI takes options before the command as well: `chaos --profile ops stop` is `chaos stop --profile ops`. */
export function afterCommand(args: readonly string[]): readonly string[] {
  let count = 0;
  while (count < args.length) {
    const [, equals] = /^--(?:profile|region)(=.*)?$/s.exec(args[count] ?? '') ?? [undefined, null];
    if (equals === null) break;
    count += equals === undefined ? 2 : 1;
  }
  const [command, ...rest] = args.slice(count);
  return command === undefined ? args : [command, ...args.slice(0, count), ...rest];
}
