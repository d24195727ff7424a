/** The product's version, as in package.json, which is not part of a function's bundle. */
export const version = '0.1.0';
