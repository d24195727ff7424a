import { isCredential, isCredentialName, withoutCredentials } from '../credentials.ts';
import { placeholder, placeholderSecret } from '../placeholder.ts';

/** A credential in a file is read by all who read the file: ours are in SSM parameters. */
export function withoutSecrets(headers: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name,
      isCredential(name, text) ? { secret: placeholderSecret } : text,
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

/** As JSON. */
export function shownWithoutSecrets(value: unknown): string {
  return JSON.stringify(value, (key, one) => {
    if (isCredentialName(key)) return '...';
    return typeof one === 'string' ? withoutCredentials(withoutUser(one).url, '...') : one;
  });
}
