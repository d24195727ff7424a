import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { configurationPage } from '#bin/generate/configuration-page.ts';
import { describeSchema } from '#bin/generate/describe-schema.ts';
import { configSchema } from '#core/config/config.ts';
import { schemaKeys } from '#core/util/schema-keys.ts';
import { faults } from '#faults/registry.ts';
import { ChannelConfigs } from '#notify/registry.ts';

const schema = z.strictObject({
  place: z.string('expected a place').describe('Where.'),
  times: z
    .strictObject({
      from: z.number('expected an hour').default(9).describe('First.'),
      names: z
        .array(z.strictObject({ name: z.string('expected a name').optional().describe('A name.') }))
        .default([])
        .describe('All.'),
    })
    .prefault({})
    .describe('When.'),
  chance: z
    .number('expected a number')
    .default(1 / 6)
    .describe(`How ${'very '.repeat(20)}often, in \`${'code with spaces '.repeat(3)}\`.`),
});
const lists = (...names: readonly string[]) =>
  ['# Page', ...names.map((name) => `<!-- keys: ${name} -->\nwhatever\n<!-- end -->`), 'The end.'].join('\n');

describe('configurationPage', () => {
  const page = configurationPage(lists('times, place', 'chance'), schema);

  test('lists each key with what it takes, what stands for it, and what it is', () => {
    expect(page).toContain(
      [
        '# Page',
        '<!-- keys: times, place -->',
        '',
        '- `times`: When.',
        '- `times.from` (an hour; default `9`): First.',
        '- `times.names` (default `[]`): All.',
        '- `times.names[].name` (a name; optional): A name.',
        '- `place` (a place; required): Where.',
        '',
        '<!-- end -->',
      ].join('\n'),
    );
    expect(page).toContain('- `chance` (a number; default `1 / 6`): How very');
    expect(page.endsWith('\nThe end.')).toBe(true);
  });

  test('breaks long lines, but not within code', () => {
    const lines = page.split('\n');
    expect(lines.every((line) => line.length <= 120)).toBe(true);
    expect(lines.some((line) => line.includes(`\`${'code with spaces '.repeat(3)}\``))).toBe(true);
    expect(lines.filter((line) => line.startsWith('  '))).toHaveLength(1);
  });

  test('is the same when it is made again', () => {
    expect(configurationPage(page, schema)).toBe(page);
  });

  test('lists every key once, and nothing else', () => {
    expect(() => configurationPage(lists('times, place'), schema)).toThrow('does not list chance');
    expect(() => configurationPage(lists('times, place, chance, where'), schema)).toThrow(
      'lists where, which',
    );
    expect(() => configurationPage(lists('times, place, chance', 'place'), schema)).toThrow(
      'lists place, which',
    );
  });
});

describe('the configuration', () => {
  test.each(schemaKeys(configSchema(faults, ChannelConfigs)))('$path says what it is', ({ schema: key }) => {
    const { facts, description = '' } = describeSchema(key);
    expect(description).toMatch(/^[A-Z][\s\S]*\.$/);
    expect(facts.join()).not.toMatch(/\b(string|int|boolean|array|invalid)\b/i);
  });
});
