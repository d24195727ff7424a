import type * as z from 'zod';
import type { Parsed } from '../../util/parse.ts';

/**
 * Where an experiment runs. A durable host may begin it again from the top at any time, in another process: what was done in steps is
 * not done again, everything else is. So every moment, every answer and every draw comes out of a step.
 */
export interface Host {
  /**
   * Does it, and keeps the result. One that was interrupted is done again from its start. `name`: the same in every replay, and no other
   * step's. What is kept is parsed on its way back: another version may have written it.
   */
  step<Shape extends z.ZodType>(
    name: string,
    shape: Shape,
    work: () => Promise<Parsed<Shape>>,
  ): Promise<Parsed<Shape>>;
  /** Nothing of the experiment is in place meanwhile. Ends early where somebody stops it. */
  pause(name: string, ms: number): Promise<void>;
  /** Between two steps under a fault: a process that must end soon hands over to the next. */
  breathe(name: string): Promise<void>;
}
