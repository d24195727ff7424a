import { InvalidInput } from '#core/util/parse.ts';
import { unbundled } from '../bundle-digest.ts';

export interface Code {
  /** Its `bundleDigest`. */
  readonly bundle: string;
  readonly version: string;
}

/** Throws `InvalidInput` if other code recorded the run: a different decision would then say nothing about the run. */
export function requireSameBundle(runId: string, recordedBy: Code, own: Code): void {
  if (recordedBy.bundle === own.bundle) return;
  const found = `${recordedBy.bundle} of version ${recordedBy.version}`;
  const expected = `expected ${own.bundle} of version ${own.version}, the code that was asked to replay it. ${remedy(runId, recordedBy, own)}`;
  throw new InvalidInput(`recording of run ${runId}`, [{ path: 'bundle', expected, found }]);
}

function remedy(runId: string, recordedBy: Code, own: Code): string {
  if (recordedBy.bundle === unbundled) {
    return 'This run was made by ./chaos run --here, from the sources of a clone, which have no digest to compare. It cannot be replayed. To make a run that can, use ./chaos run without --here';
  }
  const ask = `./chaos replay ${runId}`;
  return own.bundle === unbundled
    ? `This run was made by a deployed function, and only that bundle can replay it. To ask it: ${ask}`
    : `Only the bundle that recorded a run can replay it. Check out that version, with the same dependencies, deploy it (npx cdk deploy), and repeat ${ask}`;
}
