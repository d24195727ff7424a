import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeCalendar } from '#core/calendar/make-calendar.ts';
import { parseConfig } from '#core/config/config.ts';
import type { Injector } from '#core/model/injector.ts';
import { instanceState } from '#faults/instances/shared/instance-state.ts';
import { faults } from '#faults/registry.ts';
import { bundle } from '#lib/bundle.ts';
import { withHolidayDates } from '#lib/config/holidays.ts';
import { aConfig } from '../support/a-config.ts';
import { monday } from '../support/a-sandbox-world.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node = process.execPath;

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

/** What the bundle exports when a process loads it as Lambda does, far from this repository and its packages. */
function exportsOf(environment: Record<string, string>): string {
  const code = `console.log(JSON.stringify(Object.entries(await import(process.argv[1])).map(([k, v]) => [k, typeof v])))`;
  return execFileSync(node, ['--input-type=module', '-e', code, join(outdir, 'handler.mjs')], {
    cwd: outdir,
    env: { AWS_REGION: 'eu-west-1', ...environment },
    encoding: 'utf8',
  });
}

describe('bundle', () => {
  test('makes chaos_monkey one file that runs on its own, with its configuration beside it', () => {
    const config = aConfig({ accounts: ['222222222222', { id: '333333333333', regions: ['us-east-1'] }] });
    bundle({ entry: join(root, 'lambdas/chaos-monkey/handler.ts'), outdir, config });

    expect(readdirSync(outdir).sort()).toEqual(['LICENSES.txt', 'chaos.config.json', 'handler.mjs']);
    const laid = JSON.parse(readFileSync(join(outdir, 'chaos.config.json'), 'utf8'));
    expect(parseConfig(laid, faults)).toEqual(config);
    const topic = 'arn:aws:sns:eu-west-1:111111111111:chaos';
    const environment = { TABLE_NAME: 'ledger', TOPIC_ARN: topic, NOT_RECOVERED_TOPIC_ARN: topic };
    expect(JSON.parse(exportsOf(environment))).toEqual([['handler', 'function']]);
    expect(statSync(join(outdir, 'handler.mjs')).size).toBeLessThan(1_500_000);
  });

  test.each([
    [
      'chaos-experiment',
      {
        ...{ TABLE_NAME: 'ledger', TOPIC_ARN: 'arn:topic', NOT_RECOVERED_TOPIC_ARN: 'arn:topic' },
        ...{ REPORTS_BUCKET: 'reports', JANITOR_NAME: 'chaos_janitor' },
      },
      2_100_000,
    ],
    [
      'chaos-experiment-control',
      {
        ...{ TABLE_NAME: 'ledger', JANITOR_NAME: 'chaos_janitor' },
        ...{ EXPERIMENT_NAME: 'chaos_experiment', EXPERIMENT_ALIAS: 'live' },
      },
      1_550_000,
    ],
  ])(
    'makes %s one file that runs on its own, with its configuration beside it',
    (folder, environment, most) => {
      bundle({ entry: join(root, `lambdas/${folder}/handler.ts`), outdir, config: aConfig() });

      expect(readdirSync(outdir).sort()).toEqual(['LICENSES.txt', 'chaos.config.json', 'handler.mjs']);
      expect(JSON.parse(exportsOf(environment))).toEqual([['handler', 'function']]);
      expect(statSync(join(outdir, 'handler.mjs')).size).toBeLessThan(most);
    },
  );

  test('makes chaos_notifier one file that runs on its own', () => {
    bundle({ entry: join(root, 'lambdas/chaos-notifier/handler.ts'), outdir });

    expect(readdirSync(outdir).sort()).toEqual(['LICENSES.txt', 'handler.mjs']);
    expect(JSON.parse(exportsOf({ CHANNELS: '{}' }))).toEqual([['handler', 'function']]);
  });

  test('makes chaos_janitor one file that runs on its own, without any configuration', () => {
    bundle({ entry: join(root, 'lambdas/chaos-janitor/handler.ts'), outdir });

    expect(readdirSync(outdir).sort()).toEqual(['LICENSES.txt', 'handler.mjs']);
    const topic = 'arn:aws:sns:eu-west-1:111111111111:chaos';
    const environment = {
      TABLE_NAME: 'ledger',
      TOPIC_ARN: topic,
      NOT_UNDONE_TOPIC_ARN: topic,
      TIME_ZONE: 'UTC',
    };
    expect(JSON.parse(exportsOf(environment))).toEqual([['handler', 'function']]);
    expect(statSync(join(outdir, 'handler.mjs')).size).toBeLessThan(1_500_000);
  });

  test('ships of the SDK what is called, which says and understands the same as all of it', async () => {
    const entry = join(root, 'faults/instances/shared/instance-state.ts');
    bundle({ entry, outdir });
    const code = readFileSync(join(outdir, 'handler.mjs'), 'utf8');
    expect(code).toContain('DescribeInstancesResult');
    expect(code).not.toMatch(/DescribeVpcsResult|AllocateAddressResult/);

    const requests: string[] = [];
    const server = createServer(async (request, response) => {
      requests.push(await text(request));
      response.setHeader('content-type', 'text/xml');
      response.end(
        '<DescribeInstancesResponse><reservationSet><item><instancesSet><item><instanceState><name>running</name>' +
          '</instanceState></item></instancesSet></item></reservationSet></DescribeInstancesResponse>',
      );
    }).listen();
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const scope = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    };
    const injector: Injector = { client: (service) => new service(scope) };
    const bundled: { instanceState: typeof instanceState } = await import(join(outdir, 'handler.mjs'));
    expect(await instanceState(injector, 'i-0a')).toBe('running');
    expect(await bundled.instanceState(injector, 'i-0a')).toBe('running');
    server.close();
    expect(requests[1]).toBe(requests[0]);
    expect(requests[0]).toContain('Filter.1.Value.1=i-0a');
  });

  test('knows its own digest, by which it knows the recordings that it wrote', async () => {
    bundle({ entry: join(root, 'aws/bundle-digest.ts'), outdir });
    const file = join(outdir, 'handler.mjs');
    const { bundleDigest } = await import(file);
    expect(bundleDigest()).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
  });

  test('has no path of the machine it was made on', () => {
    bundle({ entry: join(root, 'lambdas/chaos-notifier/handler.ts'), outdir });
    expect(readFileSync(join(outdir, 'handler.mjs'), 'utf8')).not.toContain(root);
  });

  test('takes 1,000 accounts', () => {
    const accounts = Array.from({ length: 1000 }, (_, index) => String(200_000_000_000 + index));
    const config = aConfig({ accounts });
    bundle({ entry: join(root, 'lambdas/chaos-notifier/handler.ts'), outdir, config });
    const laid = JSON.parse(readFileSync(join(outdir, 'chaos.config.json'), 'utf8'));
    expect(parseConfig(laid, faults).accounts).toHaveLength(1000);
  });

  test('ships the dates of the holidays, and not what looked them up', async () => {
    const { schedule, calendar: asked } = aConfig({
      calendar: { holidays: [{ country: 'DE', region: 'BE' }] },
    });
    const calendar = await withHolidayDates({ schedule, calendar: asked }, monday, 'chaos.config.ts');
    const config = aConfig({ calendar });
    bundle({ entry: join(root, 'lambdas/chaos-monkey/handler.ts'), outdir, config });

    const laid = parseConfig(JSON.parse(readFileSync(join(outdir, 'chaos.config.json'), 'utf8')), faults);
    expect(laid).toEqual(config);
    const womensDay = Date.parse('2027-03-08T12:00:00Z');
    const shipped = makeCalendar(laid);
    expect(shipped.offText(shipped.dayOf(womensDay))).toMatch(/^holiday: /);
    expect(readFileSync(join(outdir, 'handler.mjs'), 'utf8')).not.toContain('Weihnachten');
  });

  test('throws for code that does not build', () => {
    expect(() => bundle({ entry: join(root, 'lambdas/no-such/handler.ts'), outdir })).toThrow(/no-such/);
  });
});
