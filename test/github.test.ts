import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { repository } from './support/child-process.ts';

const Workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.string(),
      'timeout-minutes': z.number(),
      steps: z.array(z.object({ uses: z.string().optional(), run: z.string().optional() })),
    }),
  ),
});

const Form = z.strictObject({
  name: z.string(),
  description: z.string(),
  labels: z.array(z.string()),
  body: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: z.string() }) }),
      ...(['textarea', 'input', 'checkboxes'] as const).map((type) =>
        z.strictObject({
          type: z.literal(type),
          id: z.string(),
          attributes: z.looseObject({ label: z.string() }),
          validations: z.strictObject({ required: z.boolean() }).optional(),
        }),
      ),
    ]),
  ),
});

const Dependabot = z.object({
  updates: z.array(
    z.object({
      groups: z.record(z.string(), z.object({ patterns: z.array(z.string()).optional() })).optional(),
    }),
  ),
});

function read(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

describe('the workflow', () => {
  const text = read('.github/workflows/ci.yml');
  const { permissions, jobs } = Workflow.parse(parse(text));

  test('runs what .ci/run runs, and nothing else', () => {
    expect(Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))).toEqual([
      '.ci/run',
    ]);
  });

  test('may only read', () => {
    expect(permissions).toEqual({ contents: 'read' });
  });

  test('pins actions to a commit, and says of which version that is', () => {
    const lines = text.split('\n').filter((line) => line.includes('uses:'));
    expect(lines).not.toEqual([]);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});

describe('the issue forms', () => {
  test.each(globSync('.github/ISSUE_TEMPLATE/{bug,feature}.yml', { cwd: repository }))(
    '%s is one',
    (path) => {
      const { body } = Form.parse(parse(read(path)));
      const ids = body.flatMap((field) => ('id' in field ? [field.id] : []));
      expect(new Set(ids).size).toBe(ids.length);
    },
  );
});

describe('dependency updates', () => {
  test('group packages that there are', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'));
    const names = Object.keys({ ...dependencies, ...devDependencies });
    const { updates } = Dependabot.parse(parse(read('.github/dependabot.yml')));
    const patterns = updates.flatMap(({ groups = {} }) =>
      Object.values(groups).flatMap(({ patterns = [] }) => patterns),
    );
    expect(patterns).not.toEqual([]);
    const unmatched = patterns.filter((pattern) => {
      const start = pattern.replace(/\*$/, '');
      return !names.some((name) => (start === pattern ? name === pattern : name.startsWith(start)));
    });
    expect(unmatched).toEqual([]);
  });
});
