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
