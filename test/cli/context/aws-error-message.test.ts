import { describe, expect, test } from 'vitest';
import { awsErrorMessage } from '#cli/context/aws-error-message.ts';
import { CliError } from '#cli/context/cli-error.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

describe('awsErrorMessage', () => {
  test.each([
    ['ExpiredTokenException', 'Your AWS credentials have expired. Sign in again.'],
    ['CredentialsProviderError', 'No usable AWS credentials.'],
    ['UnrecognizedClientException', 'AWS does not recognize your credentials.'],
    ['AccessDeniedException', 'Your AWS credentials do not allow this.'],
  ])('says what %s means and what AWS said', (name, words) => {
    const { message, exitCode } = awsErrorMessage(named(name, 'in its own words'), 'read the ledger');
    expect(message).toContain(`Could not read the ledger. ${words}`);
    expect(message).toMatch(new RegExp(`\n  ${name}: in its own words$`));
    expect(exitCode).toBe(1);
  });

  test("looks at the cause of an error of ours, which keeps AWS's", () => {
    const cause = named('ExpiredToken', 'token');
    const error = new Error('the ledger could not be used', { cause });
    expect(awsErrorMessage(error, 'stop').message).toBe(
      'Could not stop. Your AWS credentials have expired. Sign in again.\n  the ledger could not be used',
    );
  });

  test('knows a network that does not answer, even when Node gives no message', () => {
    const error = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
    expect(awsErrorMessage(error, 'stop').message).toMatch(
      /Could not reach AWS.*\n {2}AggregateError: ECONNREFUSED$/s,
    );
  });

  test('repeats what it does not know', () => {
    expect(awsErrorMessage(named('Oddity', 'odd'), 'stop').message).toBe('Could not stop. Oddity: odd');
    expect(awsErrorMessage('odd', 'stop').message).toBe('Could not stop. odd');
  });

  test('leaves alone what has been worded already', () => {
    const worded = new CliError('worded', 2);
    expect(awsErrorMessage(worded, 'stop')).toBe(worded);
  });
});
