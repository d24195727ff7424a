import type { Stop } from '../model/control-record.ts';
import { maxReason, maxText, oneLine } from '../util/format.ts';
import { inZone } from './moment-text.ts';

/** `"deploy freeze", by arn:aws:iam::111122223333:user/ann at Mon 2026-11-23 10:00 Europe/Berlin`. */
export function attributionText({ reason, by, at }: Stop, timeZone = 'UTC'): string {
  return `"${oneLine(reason, maxReason)}", by ${oneLine(by, maxText)} at ${inZone(oneLine(at, maxText), timeZone)}`;
}
