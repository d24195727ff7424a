import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildConfig, findMistakes } from '#cli/init/answers.ts';
import { configText } from '#cli/init/config-text.ts';
import { parseConfig } from '#core/config/config.ts';
import { faults } from '#faults/registry.ts';
import { parseJson, parseYaml } from '#lib/config/parse-config-text.ts';

const answers = {
  accounts: ['012345678901', '222222222222'],
  regions: ['eu-west-1', 'us-east-1'],
  masterAccount: '333333333333',
  emails: ["o'hara@example.com", 'sre@example.com'],
  timeZone: 'Europe/Berlin',
};
const config = buildConfig(answers, 'chaos-0123');

/** The default export of a module that imports nothing. */
function exportOf(module: string): unknown {
  return new Function(module.replace('export default', 'return'))();
}

describe('configText', () => {
  test.each([
    ['yaml', parseYaml],
    ['json', parseJson],
    ['ts', exportOf],
  ] as const)('as %s reads back to the same', (format, read) => {
    expect(read(configText(config, format), 'x')).toEqual(config);
  });

  test('a configuration of many accounts reads back to the same, and no line is long', () => {
    const ids = fc.stringMatching(/^\d{12}$/);
    const lists = fc.uniqueArray(ids, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(lists, (accounts) => {
        const many = buildConfig({ ...answers, accounts }, 'chaos-0123');
        const [yaml, ts] = [configText(many, 'yaml'), configText(many, 'ts')];
        expect(parseYaml(yaml, 'x')).toEqual(many);
        expect(exportOf(ts)).toEqual(many);
        expect(Math.max(...`${yaml}${ts}`.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
      }),
    );
  });

  test('examples in its comments are valid too', () => {
    const uncommented = configText(config, 'yaml').replaceAll(/^# (rate|budgets): /gm, '$1: ');
    const parsed = parseConfig(parseYaml(uncommented, 'x'), faults);
    expect(parsed.rate).toEqual({ meanDays: 5, minDays: 2 });
    expect(parsed.budgets.perDay).toEqual({ organization: 5, account: 2, group: 1 });
  });
});

describe('buildConfig', () => {
  test('is leashed, and valid', () => {
    expect(findMistakes(config)).toEqual([]);
    expect(config).toMatchObject({ leashed: true, master: { account: '333333333333', region: 'eu-west-1' } });
  });

  test('takes the first account and region for the master', () => {
    const { masterAccount: _, ...others } = answers;
    expect(buildConfig(others, 'x').master).toEqual({ account: '012345678901', region: 'eu-west-1' });
  });
});
