import * as z from 'zod';
import type { Chronicle } from './chronicle.ts';
import type { Ending } from './endings.ts';
import type { Host } from './host.ts';
import type { ExperimentPorts } from './ports.ts';
import type { ActiveFault } from './step-beside.ts';
import { stepNames } from './step-names.ts';

const Taken = z.object({
  /** Epoch ms. */
  at: z.number(),
  /** The entries of faults that are not in place any more. */
  undone: z.array(z.string()),
});

/**
 * Whether somebody else has undone one of these faults before its time: what was measured since then was measured under no fault, and
 * nobody can say since when.
 */
export async function findTaken(
  { stage, part }: { readonly stage: number; readonly part: number },
  held: readonly ActiveFault[],
  {
    host,
    clock,
    method,
    chronicle,
  }: Pick<ExperimentPorts, 'clock' | 'method'> & { readonly host: Host; readonly chronicle: Chronicle },
): Promise<Ending | undefined> {
  const undos = held.flatMap((one) => one.undos);
  if (undos.length === 0) return undefined;
  const { at, undone } = await host.step(stepNames.inPlace(stage, part), Taken, async () => ({
    undone: [...(await method.undone(undos))],
    at: clock.now(),
  }));
  const [first] = undone;
  if (first === undefined) return undefined;
  const { fault, target, group } = chronicle.strikes.find(({ undo }) => undo === first) ?? {};
  const what = fault === undefined ? 'a fault' : `${fault.name} on ${target?.id} of ${group}`;
  return { is: 'aborted', by: `somebody else, who undid ${what} before its time`, at };
}
