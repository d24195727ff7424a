import { describe, expect, test } from 'vitest';
import { parseRequest } from '#core/config/run-request.ts';
import { slotId } from '#core/model/slot.ts';
import { faults } from '#faults/registry.ts';
import { aConfig } from '../../support/a-config.ts';

describe('slotId', () => {
  test('is the moment in UTC, in whole seconds', () => {
    expect(slotId(Date.parse('2026-11-23T10:00:00.999+01:00'))).toBe('2026-11-23T09:00:00Z');
  });

  test('is what a request for that slot comes to, so that draws are the same', () => {
    const id = slotId(Date.parse('2026-11-23T09:00:00Z'));
    expect(parseRequest({ slot: '2026-11-23T10:00:00+01:00' }, aConfig(), faults).slot).toBe(id);
  });
});
