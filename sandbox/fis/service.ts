import type { Service } from '../service.ts';
import { fisErrors } from './errors.ts';
import { getSafetyLever } from './get-safety-lever.ts';

export const fis: Service = {
  client: 'FisClient',
  operations: { GetSafetyLeverCommand: getSafetyLever },
  errors: fisErrors,
};
