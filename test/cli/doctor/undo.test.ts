import { afterEach, expect, test, vi } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import type { Examination } from '#cli/doctor/attempt.ts';
import { undoFindings } from '#cli/doctor/undo.ts';
import { aConfig } from '../../support/a-config.ts';
import { instantClock } from '../../support/instant-clock.ts';

const lasting = aConfig({ accounts: ['222222222222', '333333333333'], faults: ['lambda-concurrency'] });
const denied = () => Object.assign(new Error('not authorized'), { name: 'AccessDenied' });

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The checks, where these roles cannot be assumed. */
async function findings(config = lasting, refused: readonly string[] = []) {
  const asked: unknown[] = [];
  const clock = instantClock();
  const clients = makeClients({
    ...{ clock, concurrency: 4 },
    transport: async ({ command, input }) => {
      asked.push(input);
      if (command !== 'AssumeRoleCommand') return { Items: [] };
      const { RoleArn } = input as { readonly RoleArn: string };
      if (refused.some((arn) => RoleArn.includes(arn))) throw denied();
      return { Credentials: { AccessKeyId: 'a', SecretAccessKey: 'b', SessionToken: 'c' } };
    },
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  const examination = { clients, clock, patience: { callMs: 5_000, lookMs: 5_000 } };
  const found = await undoFindings({ table: 'ledger' }, config, examination as unknown as Examination);
  return { asked, levels: Object.fromEntries(found.map(({ check, level }) => [check, level])), found };
}

test('what lasts can be undone, and nothing needs anybody', async () => {
  const { levels, asked } = await findings();
  expect(levels).toEqual({ 'active faults': 'ok', 'undo roles': 'ok' });
  expect(asked).toContainEqual(
    expect.objectContaining({
      RoleArn: 'arn:aws:iam::333333333333:role/chaos-monkey-undo',
      ExternalId: 'chaos-test',
    }),
  );
});

test('an account whose undo role is missing is named', async () => {
  const { levels, found } = await findings(lasting, ['333333333333']);
  expect(levels['undo roles']).toBe('fail');
  expect(found.find(({ check }) => check === 'undo roles')?.text).toContain('333333333333');
});

test('who may not assume the role of the janitor is told so', async () => {
  expect((await findings(lasting, ['chaos-janitor'])).levels['undo roles']).toBe('unknown');
});

test('where no enabled fault lasts, nothing is asked', async () => {
  const { found, asked } = await findings(aConfig());
  expect([found, asked]).toEqual([[], []]);
});
