import type { Terminal } from './terminal.ts';

/** Prints a command's result: the value with `--json`, else its text. */
export function printResult(
  { json }: { readonly json: boolean },
  value: object,
  text: string,
  { out }: Pick<Terminal, 'out'>,
): void {
  out(json ? JSON.stringify(value, null, 2) : text);
}
