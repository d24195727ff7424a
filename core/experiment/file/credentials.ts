import { parseJsonOrText } from '../../util/parse-json-or-text.ts';

/** Wherever they are in a name, letters only. */
const telling =
  /secret|passw|passphrase|credential|signature|authori[sz]ation|(?:api|access|private)key|sessionid|bearer|jwt/;
/** At its end. */
const last = /token$|pwd$|(?:^|[^a-z])(?:key|auth|cookie|pass|sig|sid|session)$/;

/** Whether a header, a parameter of a URL or a key of a body goes by a name of credentials: `Authorization`, `api_key`, `accessToken`. */
export function isCredentialName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z]+$/, '');
  return telling.test(words.replaceAll(/[^a-z]/g, '')) || last.test(words);
}

/** What says what it is: a JSON web token, a key of AWS, of GitHub, of Slack; or how it is meant. */
const tellingValue =
  /^(?:bearer|basic) +\S|\beyJ[\w-]+\.eyJ|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[a-z]_\w{20}|\bxox[a-z]-/i;

/** By its name, or by what it looks like. */
export function isCredential(name: string, value: string): boolean {
  return isCredentialName(name) || tellingValue.test(value);
}

/** The names of credentials among the parameters of a URL, also of one that is not complete, such as `${host}/?token=1`. */
export function credentialsIn(url: string): readonly string[] {
  return [...url.matchAll(parameters)].map(([, , name = '']) => decoded(name)).filter(isCredentialName);
}

/** The same URL, with another value for each of these. */
export function withoutCredentials(url: string, value: string): string {
  return url.replaceAll(parameters, (whole, before: string, name: string) =>
    isCredentialName(decoded(name)) ? `${before}${name}=${value}` : whole,
  );
}

const parameters = /([?&;#])([^=?&;#]*)=([^&;#]*)/g;

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Whether a body has credentials, as JSON or as a form. */
export function hasCredentials(body: unknown): boolean {
  if (typeof body === 'string') {
    const value = parseJsonOrText(body);
    return typeof value === 'string' ? credentialsIn(`?${value}`).length > 0 : hasCredentials(value);
  }
  if (typeof body !== 'object' || body === null) return false;
  return Object.entries(body).some(([key, value]) => isCredentialName(key) || hasCredentials(value));
}
