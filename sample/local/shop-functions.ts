import { parameterFolder } from '#layer/parameter.ts';

/** A function of the shop. */
export interface ShopFunction {
  readonly name: string;
  /** In shop/functions/. */
  readonly handler: string;
  /** Its route in the HTTP API, and a path that takes it. */
  readonly method: string;
  readonly path: RegExp;
  readonly example: string;
  /** How many run at the same time on this machine. */
  readonly environments: number;
}

export const shopFunctions: readonly ShopFunction[] = [
  {
    name: 'listImages',
    handler: 'list-images.handler',
    method: 'GET',
    path: /^\/images$/,
    example: '/images',
    // Enough for 20 page loads a second that take 300 ms longer.
    environments: 8,
  },
  {
    name: 'likeImage',
    handler: 'like-image.handler',
    method: 'POST',
    path: /^\/images\/(?<id>[^/]+)\/likes$/,
    example: '/images/1/likes',
    environments: 2,
  },
  {
    name: 'shareImage',
    handler: 'share-image.handler',
    method: 'POST',
    path: /^\/images\/(?<id>[^/]+)\/shares$/,
    example: '/images/1/shares',
    // Enough for 4 large images a second.
    environments: 7,
  },
];

/** The SSM parameter that says what is injected into a function. */
export function parameterOf({ name }: Pick<ShopFunction, 'name'>): string {
  return `${parameterFolder}${name}`;
}
