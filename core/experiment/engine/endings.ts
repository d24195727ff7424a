import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Evidence } from '../evidence/evidence.ts';

/** What ended an experiment before all was done that its file says. `at`: epoch ms. */
export type Ending =
  /** Before a stage. */
  | { readonly is: 'not-steady'; readonly probe: string; readonly why: string; readonly at: number }
  | {
      readonly is: 'deviated';
      readonly probe: string;
      readonly why: string;
      readonly at: number;
      /** What speaks against it: under faults, or where it did not recover. */
      readonly evidence: Evidence | undefined;
    }
  /** Nobody can tell whether a probe was within its tolerance under faults, or has recovered; or, without one, whether a fault was in place. */
  | { readonly is: 'inconclusive'; readonly probe?: string; readonly why: string; readonly at: number }
  | { readonly is: 'aborted'; readonly by: string; readonly at: number }
  | { readonly is: 'failed'; readonly why: string; readonly at: number };

export function failedAt(error: unknown, at: number): Ending {
  return { is: 'failed', why: `${codeOf(error)}: ${messageOf(error)}`, at };
}
