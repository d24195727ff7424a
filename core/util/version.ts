/** The version of this product, as in package.json: the bundle of a function has no package.json beside it. */
export const version = '0.1.0';
