import { parseJsonOrText } from '../../../util/parse-json-or-text.ts';
import { credentialsIn, isCredentialName, withoutCredentials } from '../credential-names.ts';
import { placeholder, placeholderSecret } from '../placeholder.ts';

/** What says what it is: a JSON web token, a key of AWS, of GitHub, of Slack; or how it is meant. */
const telling =
  /^(?:bearer|basic) +\S|\beyJ[\w-]+\.eyJ|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[a-z]_\w{20}|\bxox[a-z]-/i;

/** A credential in a file is read by all who read the file: ours are in SSM parameters. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      isCredentialName(name) || telling.test(text) ? { secret: placeholderSecret } : text,
    ]),
  );
}

/** `https://user:password@host/`: what is sent in a header. */
export function withoutUser(asked: string): { readonly url: string; readonly hasUser: boolean } {
  const parsed = URL.parse(asked);
  const url =
    parsed !== null && parsed.username + parsed.password !== ''
      ? Object.assign(parsed, { username: '', password: '' }).href
      : asked.replace(/^([^/?#@]*:\/\/)[^/?#]*@/, '$1');
  return { url, hasUser: url !== asked };
}

/** `?token=...`. */
export function withoutSecretParameters(url: string): string {
  return withoutCredentials(url, placeholder);
}

/** Whether a body has credentials, as JSON or as a form. */
export function hasSecrets(body: unknown): boolean {
  if (typeof body === 'string') {
    const value = parseJsonOrText(body);
    return typeof value === 'string' ? credentialsIn(`?${value}`).length > 0 : hasSecrets(value);
  }
  if (typeof body !== 'object' || body === null) return false;
  return Object.entries(body).some(([key, value]) => isCredentialName(key) || hasSecrets(value));
}

/** As JSON. */
export function shownWithoutSecrets(value: unknown): string {
  return JSON.stringify(value, (key, one) => {
    if (isCredentialName(key)) return '...';
    return typeof one === 'string' ? withoutCredentials(withoutUser(one).url, '...') : one;
  });
}
