import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkEnvironment, useProfile } from '#cli/context/aws-environment.ts';

let files: { readonly AWS_CONFIG_FILE: string; readonly AWS_SHARED_CREDENTIALS_FILE: string };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chaos-profiles-'));
  files = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  };
  await writeFile(
    files.AWS_CONFIG_FILE,
    '[default]\n[profile ops]\nregion = eu-west-1\n[profile "on call"]\n[nope]\n',
  );
  await writeFile(files.AWS_SHARED_CREDENTIALS_FILE, '[keys]\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('checkEnvironment', () => {
  test.each(['notaurl', 'localhost:4566', 'ftp://127.0.0.1', 'http://'])(
    'names AWS_ENDPOINT_URL=%s',
    (url) => {
      expect(() => checkEnvironment('STSClient', { AWS_ENDPOINT_URL: url })).toThrow(
        `AWS_ENDPOINT_URL=${url}: expected a URL such as http://127.0.0.1:4577.`,
      );
    },
  );

  test('names the endpoint of the service that is called, and minds no other', () => {
    const env = {
      AWS_ENDPOINT_URL_AUTO_SCALING: 'x',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_STS: '',
    };
    expect(() => checkEnvironment('AutoScalingClient', env)).toThrow(
      'AWS_ENDPOINT_URL_AUTO_SCALING=x: expected',
    );
    expect(() => checkEnvironment('STSClient', env)).not.toThrow();
  });

  test.each(['default', 'ops', 'on call', 'keys', '', undefined])('knows the profile %j', (profile) => {
    expect(() => checkEnvironment('STSClient', { ...files, AWS_PROFILE: profile })).not.toThrow();
  });

  test('names a profile that does not exist, and what asked for it', () => {
    const env = { ...files, AWS_PROFILE: "ann's" };
    const where = `no such profile in ${files.AWS_CONFIG_FILE} or ${files.AWS_SHARED_CREDENTIALS_FILE}. See: aws configure list-profiles`;
    expect(() => checkEnvironment('STSClient', env)).toThrow(`AWS_PROFILE='ann'\\''s': ${where}`);
    expect(() => checkEnvironment('STSClient', env, '--profile')).toThrow(`--profile 'ann'\\''s': ${where}`);
  });

  test('leaves the profile default to the SDK: an instance has credentials without any file', () => {
    const env = { HOME: join(folder, 'nobody'), AWS_PROFILE: 'default' };
    expect(() => checkEnvironment('STSClient', env)).not.toThrow();
  });

  test('knows no profile when there are no files', () => {
    expect(() => checkEnvironment('STSClient', { HOME: join(folder, 'nobody'), AWS_PROFILE: 'ops' })).toThrow(
      `AWS_PROFILE=ops: no such profile in ${join(folder, 'nobody', '.aws', 'config')} or `,
    );
  });
});

describe('useProfile', () => {
  test('takes the place of the keys in the environment, as in the aws CLI', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_SESSION_TOKEN: 'c',
      AWS_PROFILE: 'x',
      PATH: '/',
    };
    useProfile('ops', env);
    expect(env).toEqual({ AWS_PROFILE: 'ops', PATH: '/' });
  });
});
