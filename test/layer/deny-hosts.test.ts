import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HostDenial } from '#layer/deny-hosts.ts';
import { runNode } from '../support/child-process.ts';

const script = fileURLToPath(new URL('support/denied-process.ts', import.meta.url));

describe('denied hosts', () => {
  test('are not found, on connections that are kept alive either, and are found again', async () => {
    const { stdout, stderr } = await runNode([script], process.env);
    expect(stderr).toBe('');
    const { before, isWarm, openEnds, during, after } = JSON.parse(stdout);
    const ok = Object.fromEntries(Object.keys(before).map((name) => [name, 'ok']));
    expect(before).toEqual(ok);
    // Else the connections would not have been warm.
    expect(isWarm).toBe(true);
    expect(openEnds).toBe('ENOTFOUND');
    const passes = ['address', 'other host', 'exempt socket'];
    expect(during).toEqual(
      Object.fromEntries(
        Object.entries(ok).map(([name, value]) => [name, passes.includes(name) ? value : 'ENOTFOUND']),
      ),
    );
    expect(after).toEqual(ok);
  });

  test('are those that a pattern matches, in any case, with the root or without', () => {
    const denial = new HostDenial();
    expect(denial.denies('s3.amazonaws.com')).toBe(false);
    denial.deny(['^s3\\.', 'dynamodb']);
    const denied = ['s3.amazonaws.com', 'S3.AMAZONAWS.COM.', 'a.dynamodb.b'];
    const allowed: unknown[] = ['a.s3.com', '127.0.0.1', '::1', '', undefined, 7];
    expect(denied.filter((host) => !denial.denies(host))).toEqual([]);
    expect(allowed.filter((host) => denial.denies(host))).toEqual([]);
    denial.deny([]);
    expect(denied.filter((host) => denial.denies(host))).toEqual([]);
  });
});
