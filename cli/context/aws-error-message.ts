import { messageOf } from '#core/util/error-text.ts';
import { CliError, exitCodes } from './cli-error.ts';

/** Explanation and remedy by error name. The names are those of STS, Lambda, CloudFormation, DynamoDB and the SDK. */
const advice: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'No usable AWS credentials. Sign in (aws sso login), or set AWS_PROFILE.',
  TokenProviderError: 'No usable AWS credentials. Sign in: aws sso login',
  ExpiredToken: 'Your AWS credentials have expired. Sign in again.',
  ExpiredTokenException: 'Your AWS credentials have expired. Sign in again.',
  RequestExpired: "Your AWS credentials have expired, or this machine's clock is wrong.",
  InvalidClientTokenId: 'AWS does not recognize your credentials. Sign in again, or check AWS_PROFILE.',
  UnrecognizedClientException:
    'AWS does not recognize your credentials. Sign in again, or check AWS_PROFILE.',
  SignatureDoesNotMatch: 'AWS rejected your credentials. Check the secret key.',
  InvalidSignatureException: 'AWS rejected your credentials. Check the secret key.',
  AccessDenied: 'Your AWS credentials do not allow this.',
  AccessDeniedException: 'Your AWS credentials do not allow this.',
  ENOTFOUND: 'Could not reach AWS. Check the network and the region.',
  EAI_AGAIN: 'Could not reach AWS. Check the network.',
  ECONNREFUSED: 'Could not reach AWS. Check the network, and AWS_ENDPOINT_URL if it is set.',
  UnexpectedResponse:
    'Something other than AWS answered. Check the proxy, and AWS_ENDPOINT_URL if it is set.',
  TimeoutError: 'AWS did not answer in time. Check the network.',
};

/** Turns an error of AWS, the SDK or our own into a message for users. Prefers `cause`, which is closer to the root cause. */
export function awsErrorMessage(error: unknown, doing: string): CliError {
  if (error instanceof CliError) return error;
  const words = findAdvice(error);
  const prefix = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  const detail = `${prefix}${messageOf(error) || getNetworkCode(error)}`;
  return new CliError(
    `Could not ${doing}. ${words === undefined ? detail : `${words}\n  ${detail}`}`,
    exitCodes.failed,
    error,
  );
}

function findAdvice(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return findAdvice(error.cause) ?? advice[error.name] ?? advice[getNetworkCode(error)];
}

/** Whether a call could not even be sent: there were no credentials, or the host could not be reached. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return neverSent.has(error.name) || neverSent.has(getNetworkCode(error)) || isUnreachable(error.cause);
}

/** Whether the host name could not be resolved. */
export function isUnknownHost(error: unknown): boolean {
  return error instanceof Error && (getNetworkCode(error) === 'ENOTFOUND' || isUnknownHost(error.cause));
}

const neverSent: ReadonlySet<string> = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
]);

/** Node's code for a network error. */
function getNetworkCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
