import * as z from 'zod';
import type { Order } from '../model/strike.ts';

/** What the parameters of every fault that lasts have. */
const Minutes = z.looseObject({ minutes: z.number() });

/** For how long an ordered fault lasts, in ms; 0 for one that is done once. */
export function lastsMs({ fault, prepared }: Pick<Order, 'fault' | 'prepared'>): number {
  return prepared === undefined ? 0 : Minutes.parse(fault.parameters).minutes * 60_000;
}
