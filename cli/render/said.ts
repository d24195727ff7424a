import { maxText, oneLine } from '#core/message/words.ts';
import type { Stop } from '#core/ports.ts';
import { maxReason } from '../shared/a-few-words.ts';

/** `"deploy freeze", by arn:aws:iam::111122223333:user/ann at 2026-11-23T09:00:00.000Z`. */
export function said({ reason, by, at }: Stop): string {
  return `"${oneLine(reason, maxReason)}", by ${oneLine(by, maxText)} at ${oneLine(at, maxText)}`;
}
