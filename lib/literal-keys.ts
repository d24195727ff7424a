const constant = /^var (_\w+) = ("(?:[^"\\\n]|\\.)*");$/gm;
const computedKey = /\[(_\w+)\]: /g;

/**
 * The same code, as esbuild has bundled it without minifying, but with computed keys of objects in full where they are string constants.
 *
 * The clients of AWS's SDK describe every operation of their service in objects with such keys. esbuild takes a computed key for a side
 * effect and keeps them all, although a few are used: of EC2 alone, 0.5 MB that each cold start parses. Source: aws-sdk-js-v3, issue 7607.
 */
export function withLiteralKeys(code: string): string {
  // No two of its constants have the same name, as esbuild has renamed what was in different files, or in inner scopes.
  const texts = new Map([...code.matchAll(constant)].map(([, name, text]) => [name, text]));
  return code.replaceAll(computedKey, (key, name: string) => {
    const text = texts.get(name);
    // As a literal key, this one would set the prototype.
    return text === undefined || text === '"__proto__"' ? key : `${text}: `;
  });
}
