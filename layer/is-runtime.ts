/**
 * Whether a process, or a thread of it, is Lambda's runtime: in a managed runtime and AWS's base images, or of the package
 * aws-lambda-ric. What a function starts inherits NODE_OPTIONS, and is none of our business.
 */
export function isRuntime(script: string | undefined): boolean {
  return /^\/var\/runtime\/index\.m?js$|\/aws-lambda-ric(\/index\.mjs)?$/.test(script ?? '');
}
