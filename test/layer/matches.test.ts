import { describe, expect, test } from 'vitest';
import { matches } from '#layer/matches.ts';

const event = {
  rawPath: '/api/v2/users',
  requestContext: { http: { method: 'GET' } },
  Records: [{ eventSource: 'aws:sqs' }],
  count: 7,
  nothing: null,
  detail: { a: 1 },
};

describe('conditions on an event', () => {
  test.each([
    [{ path: 'requestContext.http.method', value: 'GET' }, true],
    [{ path: 'requestContext.http.method', value: 'POST' }, false],
    [{ path: 'rawPath', operator: 'startsWith', value: '/api' }, true],
    [{ path: 'rawPath', operator: 'startsWith', value: 'api' }, false],
    [{ path: 'rawPath', operator: 'regex', value: '^/api/v\\d+/' }, true],
    [{ path: 'rawPath', operator: 'regex', value: '^/web' }, false],
    [{ path: 'Records.0.eventSource', operator: 'eq', value: 'aws:sqs' }, true],
    [{ path: 'count', value: '7' }, true],
    [{ path: 'detail', value: '{"a":1}' }, true],
    [{ path: 'detail', operator: 'exists' }, true],
    [{ path: 'nothing', operator: 'exists' }, false],
    [{ path: 'nothing', value: 'null' }, false],
    [{ path: 'no.such', value: 'undefined' }, false],
    [{ path: 'constructor.name', operator: 'exists' }, false],
  ] as const)('%j: %j', (condition, expected) => {
    expect(matches(event, [condition])).toBe(expected);
  });

  test('must all be met, and none is always met', () => {
    const method = { path: 'requestContext.http.method', value: 'GET' };
    expect(matches(event, [method, { path: 'count', value: '8' }])).toBe(false);
    expect(matches(event, [method, { path: 'count', value: '7' }])).toBe(true);
    expect(matches('text', [])).toBe(true);
    expect(matches(null, [method])).toBe(false);
  });

  test('look at the beginning of a long text only', () => {
    const condition = { path: 'text', operator: 'regex', value: 'end' } as const;
    expect(matches({ text: `${'a'.repeat(253)}end` }, [condition])).toBe(true);
    expect(matches({ text: `${'a'.repeat(300)}end` }, [condition])).toBe(false);
  });
});
