/**
 * The errors of EC2, Auto Scaling and STS in a region that is not enabled in the account. They say that the credentials are invalid;
 * if every region says so, that is the actual cause.
 */
export const regionNotEnabled: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'OptInRequired',
  'RegionDisabledException',
  'UnrecognizedClientException',
]);
