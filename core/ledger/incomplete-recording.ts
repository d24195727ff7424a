import { InvalidInput } from '../util/parse.ts';

/** Replaying a part of a run would look like replaying all of it. */
export function incompleteRecording(runId: string, found: string): InvalidInput {
  const expected = 'expected a complete recording: all parts of a run that finished';
  return new InvalidInput(`recording of run ${runId}`, [{ path: 'parts', expected, found }]);
}
