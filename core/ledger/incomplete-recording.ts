import { InvalidInput } from '../util/parse.ts';

/** Decided again, a part of a run would look like the whole of it. */
export function incompleteRecording(runId: string, found: string): InvalidInput {
  const expected = 'expected a complete recording: of a run that came to its end, with all of its parts';
  return new InvalidInput(`recording of run ${runId}`, [{ path: 'parts', expected, found }]);
}
