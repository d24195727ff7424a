import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFailures, Failures, Flags, strikeIn } from '#layer/failures.ts';
import { parseFailures } from '#layer/parse-failures.ts';

type Input = Parameters<typeof encodeFailures>[0];

const end = { strike: 'strike-1', expiresAt: '2026-11-25T10:05:00.000Z' };

const pattern = fc.constantFrom('^s3\\.', 'b', 'a.*', '(a*)*', '(', '');
const ms = fc.oneof(fc.integer({ min: -1, max: 1_000 }), fc.constantFrom(0.5, 900_000, 900_001));
const condition = fc.record(
  {
    path: fc.constantFrom<unknown>('a.b', 'a.b', 7),
    operator: fc.constantFrom<unknown>('eq', 'exists', 'startsWith', 'regex', 'like', null),
    value: fc.oneof(pattern, fc.constant(7)),
  },
  { requiredKeys: ['path'] },
);
const members: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  percentage: fc.constantFrom(100, 100, 50, 0, -1, 101, 0.5),
  match: fc.array(condition, { maxLength: 4 }),
  min_latency: ms,
  max_latency: ms,
  timeout_buffer_ms: ms,
  disk_space: fc.constantFrom(1, 512, 10_240, 0, 10_241, 0.5),
  deny_list: fc.array(pattern, { maxLength: 4 }),
  status_code: fc.constantFrom(100, 404, 599, 99, 600, 404.5),
  exception_msg: fc.string(),
  body: fc.string(),
};
/** Mostly what a member may be, sometimes what none is. */
const wild = fc.constantFrom<unknown>(null, '7', [], [null], {}, true);
const anyOf = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 15, arbitrary: good }, { weight: 1, arbitrary: wild });
const flag = anyOf(
  fc.record(
    {
      enabled: anyOf(fc.boolean()),
      ...Object.fromEntries(Object.entries(members).map(([name, good]) => [name, anyOf(good)])),
    },
    { requiredKeys: ['enabled'] },
  ),
);
const written = fc.record(
  { ...Object.fromEntries(Object.keys(Flags).map((name) => [name, flag])), corruption: flag },
  { requiredKeys: [] },
);

describe("a function's parameter", () => {
  test('the layer understands of each flag what the schema does, and leaves out the others', () => {
    let understood = 0;
    fc.assert(
      fc.property(written, (flags) => {
        const text = JSON.stringify({ ...flags, ...end });
        const raw: Record<string, unknown> = JSON.parse(text);
        const expected = Object.entries(Flags).flatMap(([name, schema]) => {
          const { success, data } = schema.safeParse(raw[name]);
          return success ? [[name, data]] : [];
        });
        understood += expected.length;
        expect(parseFailures(text)).toEqual({ ...end, ...Object.fromEntries(expected) });
      }),
      { numRuns: 500 },
    );
    expect(understood).toBeGreaterThan(200);
  });

  test('what is encoded is what the layer reads', () => {
    fc.assert(
      fc.property(written, (flags) => {
        const failures = { ...JSON.parse(JSON.stringify(flags)), ...end };
        const { success, data } = Failures.safeParse(failures);
        if (success) expect(parseFailures(encodeFailures(failures))).toEqual(data);
        else expect(() => encodeFailures(failures)).toThrow('failures');
      }),
    );
  });

  test('any text is nothing, or has a strike and an end', () => {
    const texts = fc.oneof(fc.string(), fc.json(), fc.constantFrom('{}', '[]', 'null', '<html></html>', ''));
    fc.assert(
      fc.property(texts, (text) => {
        expect(parseFailures(text)).toBeUndefined();
      }),
    );
  });

  test.each([
    undefined,
    null,
    7,
    '',
    '2026-11-25',
    '2026-11-25T10:05:00',
    '2026-11-25T10:05:00+01:00',
    '2026-02-30T10:05:00Z',
    'tomorrow',
  ])('whose end is %j injects nothing', (expiresAt) => {
    const latency = { enabled: true, min_latency: 100 };
    expect(parseFailures(JSON.stringify({ ...end, latency }))).toHaveProperty('latency');
    expect(parseFailures(JSON.stringify({ ...end, latency, expiresAt }))).toBeUndefined();
  });

  test('without a strike injects nothing', () => {
    const exception = { enabled: true };
    expect(parseFailures(JSON.stringify({ exception, expiresAt: end.expiresAt }))).toBeUndefined();
  });

  test("__proto__ and other objects' members are nobody's flags", () => {
    const text = `{"strike":"s","expiresAt":"${end.expiresAt}","__proto__":{"exception":{"enabled":true}}}`;
    expect(parseFailures(text)?.exception).toBeUndefined();
  });

  test('must fit into a parameter', () => {
    const long: Input = { ...end, exception: { enabled: true, exception_msg: 'é'.repeat(2_000) } };
    expect(() => encodeFailures(long)).toThrow('4096 bytes');
    expect(Buffer.byteLength(encodeFailures({ ...long, exception: { enabled: true } }))).toBeLessThan(200);
  });

  test('names its strike, whatever else it says', () => {
    expect(strikeIn(encodeFailures(end))).toBe('strike-1');
    expect(strikeIn('{"strike":"s","latency":7}')).toBe('s');
    expect(['', '{}', 'null', '<html>', '{"strike":7}'].map(strikeIn)).toEqual(Array(5).fill(undefined));
  });
});
