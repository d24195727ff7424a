import { inZone } from '#core/messages/moment-text.ts';
import type { Stop } from '#core/model/control.ts';
import { maxText, oneLine } from '#core/util/format.ts';
import { maxReason } from '../options/reason-option.ts';

/** `"deploy freeze", by arn:aws:iam::111122223333:user/ann at Mon 2026-11-23 10:00 Europe/Berlin`. */
export function said({ reason, by, at }: Stop, timeZone = 'UTC'): string {
  return `"${oneLine(reason, maxReason)}", by ${oneLine(by, maxText)} at ${inZone(oneLine(at, maxText), timeZone)}`;
}
