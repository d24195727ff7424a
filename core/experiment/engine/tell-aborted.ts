import * as z from 'zod';
import type { StageParts } from './stage-parts.ts';
import { stepNames } from './step-names.ts';

/** Not before the undo, which comes first; and not as late as the verdict, as the recovery may take long. */
export async function tellAborted(
  stage: number,
  how: { readonly by: string; readonly isUndone: boolean },
  { host, control, chronicle, rehearsal }: StageParts,
): Promise<void> {
  if (rehearsal) return;
  const strikes = chronicle.strikes.filter((strike) => strike.stage === stage);
  await host.step(stepNames.tellAborted(stage), Told, async () => {
    await control.announce({ is: 'aborted', ...how, strikes });
    return {};
  });
}

const Told = z.object({});
