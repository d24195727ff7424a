import { oneLine } from '../../../util/format.ts';
import { pathText } from '../../../util/to-invalid-input.ts';
import { credentialsIn } from '../credentials.ts';
import { placeholder, placeholderSecret } from '../placeholder.ts';

/** This machine, and the metadata services: no probe may ask them. */
const neverAsked =
  /^(?:localhost|.*\.localhost|127\..*|0\.0\.0\.0|169\.254\..*|\[::1?\]|\[fe80:.*\]|\[fd00:ec2:.*\]|\[::ffff:.*\]|metadata\.google\.internal|metadata)$/;

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
  const text = String(value);
  const credentials = credentialsIn(text).filter(() => text.includes(`=${placeholder}`));
  if (path.at(-1) === 'url' && credentials.length > 0) {
    return about(
      `had credentials in it (${credentials.join(', ')}), and a URL holds none: send them in a header, as { secret: ... }`,
    );
  }
  const { hostname = '' } = (path.at(-1) === 'url' && URL.parse(text)) || {};
  if (neverAsked.test(hostname))
    return about(`no probe may ask ${hostname}: who measures is another machine`);
  const [variable] = /\$\{\w*\}?/.exec(text) ?? [];
  return variable === undefined ? [] : about(`nothing replaces ${variable}`);
}
