import { oneLine } from '../../../util/format.ts';
import { pathText } from '../../../util/to-invalid-input.ts';
import { placeholderSecret } from '../placeholder.ts';

const isSecretName = /^(?:proxy-)?authorization$|^cookie$|(?:^|[-_])(?:api)?(?:token|key)$|secret|passw/i;

/** A credential in a file is read by all who read the file: ours are in SSM parameters. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      isSecretName.test(name) ? { secret: placeholderSecret } : text,
    ]),
  );
}

/** What a person has to replace in an imported file, with its path: secrets, and variables, which nothing here replaces. */
export function toReplaceIn(value: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof value === 'object' && value !== null) {
    const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return entries.flatMap(([key, one]) => toReplaceIn(one, [...path, key]));
  }
  const about = (text: string) => [oneLine(`${pathText(path)}: ${text}`, 200)];
  if (value === placeholderSecret) {
    return about('was in the file, and belongs into an SSM parameter: its name goes here');
  }
  const [variable] = /\$\{\w*\}?/.exec(String(value)) ?? [];
  return variable === undefined ? [] : about(`nothing replaces ${variable}`);
}
