import { codeOf, messageOf } from '../../util/error-text.ts';
import type { Segment } from './segment.ts';

/** What ends a segment, once: whatever comes later no longer matters. */
export interface SegmentEnd {
  readonly over: AbortSignal;
  /** By what it has ended; while it has not, its time. */
  ended(): Segment['ended'];
  end(by: Segment['ended']): void;
  fail(error: unknown): void;
}

export function openSegment(): SegmentEnd {
  const over = new AbortController();
  let ended: Segment['ended'] = { by: 'time' };
  const end = (by: Segment['ended']) => {
    if (over.signal.aborted) return;
    ended = by;
    over.abort();
  };
  return {
    over: over.signal,
    ended: () => ended,
    end,
    fail: (error) => end({ by: 'problem', why: `${codeOf(error)}: ${messageOf(error)}` }),
  };
}
