import { codeOf, messageOf } from '../../util/error-text.ts';

/** Whether AWS denied it, in the words of whichever service. */
export function isDenied(error: unknown): boolean {
  return saysDenied(codeOf(error), messageOf(error));
}

export function saysDenied(code: string, message: string): boolean {
  return /AccessDenied|Unauthorized|not authorized/i.test(`${code} ${message}`);
}

/** Why a guest could not look. */
export function refusedText(account: string, code: string): string {
  return `${account} refuses you (${code}): target roles trust only the monkey. Credentials of that account could look`;
}
