import type { FaultRegistry } from '../model/fault.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Reach } from '../ports/reach.ts';

/** What injecting a fault that lasts, and undoing it, needs of the world. */
export interface UndoPorts {
  readonly faults: FaultRegistry;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'openUndos' | 'changeUndo' | 'contestUndo' | 'endUndo' | 'settle'>;
  readonly reach: Reach;
}
