import { HttpResponse } from '@smithy/core/transport';
import type { MetadataBearer, MiddlewareStack, Pluggable } from '@smithy/types';
import type { ClockSkew } from '#core/model/clock-skew.ts';
import type { Clock } from '#core/ports/clock.ts';

/**
 * Compares the `Date` header of each response, including errors, with a clock. The SDK corrects its signatures by that header, so it keeps
 * working with a clock that is hours off. Source: AWS SDK for JavaScript v3, `systemClockOffset`.
 */
export function skewGauge(clock: Clock): ClockSkew & Pluggable<object, MetadataBearer> {
  let offsetMs: number | undefined;
  const read = (response: unknown) => {
    const date = HttpResponse.isInstance(response) ? parseDate(response.headers) : Number.NaN;
    if (!Number.isNaN(date)) offsetMs = date - clock.now();
  };
  return {
    offsetMs: () => offsetMs,
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
      // Outside the parsing, whose errors carry the response.
      stack.add(
        (next) => async (args) => {
          try {
            const result = await next(args);
            read(result.response);
            return result;
          } catch (error) {
            if (error instanceof Error && '$response' in error) read(error.$response);
            throw error;
          }
        },
        { step: 'deserialize', priority: 'high', name: 'skewGauge' },
      ),
  };
}

function parseDate(headers: Readonly<Record<string, string>>): number {
  const [, date = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date') ?? [];
  return Date.parse(date);
}
