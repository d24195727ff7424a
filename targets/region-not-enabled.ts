/**
 * What EC2, Auto Scaling and STS answer where a region is not enabled in an account: that credentials are no good, which they
 * are elsewhere. Where no region takes them it is something else.
 */
export const regionNotEnabled: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'RegionDisabledException',
  'UnrecognizedClientException',
]);
