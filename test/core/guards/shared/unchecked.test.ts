import { describe, expect, test } from 'vitest';
import { uncheckedFailures } from '#core/guards/shared/unchecked.ts';
import type { Decision } from '#core/model/decision.ts';

const here = '222222222222/eu-west-1/asg';
const elsewhere = '222222222222/eu-central-1/asg';
const spare = (name: string, text: string, code = 'group-alarm'): Decision => ({
  group: `${here}/${name}`,
  verdict: 'spare',
  reason: { code, text },
});
const unchecked = spare('web', 'could not be checked: AccessDenied');
const struck: Decision = {
  group: `${here}/api`,
  verdict: 'strike',
  reason: { code: 'drawn', text: 'drew 0.1' },
};

describe('a run that struck nothing in a place, as something could not be checked', () => {
  test.each<[string, readonly Decision[], number]>([
    ['all that were drawn', [unchecked], 1],
    ['one, where a veto spared the other', [unchecked, spare('api', 'vetoed by ann', 'vetoed')], 1],
    ['two', [unchecked, { ...unchecked, group: `${here}/api` }], 2],
    [
      'one for two reasons',
      [{ ...unchecked, also: [{ code: 'safety-lever', text: 'could not be checked: AccessDenied' }] }],
      1,
    ],
    ['one, and struck in another region', [unchecked, { ...struck, group: `${elsewhere}/api` }], 1],
    ['its one instance', [spare('web', 'i-0abc: could not be checked: AccessDenied')], 1],
    ['all its instances', [spare('web', 'no target is eligible: i-0abc: could not be checked: no')], 1],
  ])('says so: %s', (_, decisions, count) => {
    const [failure, ...others] = uncheckedFailures(decisions);
    const where = { account: '222222222222', region: 'eu-west-1' };
    expect(failure).toMatchObject({ stage: 'inspect', code: 'CouldNotBeChecked', ...where });
    const drawnHere = decisions.filter(({ group }) => group.startsWith(here)).length;
    expect(failure?.message).toContain(`${count} of ${drawnHere}`);
    expect(failure?.message).toContain('web: group-alarm: ');
    expect(others).toEqual([]);
  });

  test('says so of each place', () => {
    const failures = uncheckedFailures([unchecked, { ...unchecked, group: `${elsewhere}/web` }, unchecked]);
    expect(failures.map(({ region, message }) => [region, message.slice(0, 6)])).toEqual([
      ['eu-west-1', '2 of 2'],
      ['eu-central-1', '1 of 1'],
    ]);
  });

  test.each<[string, readonly Decision[]]>([
    ['nothing was drawn', []],
    ['another group of the place was struck', [unchecked, struck]],
    ['everything could be checked', [spare('web', '1 of 3 are healthy', 'group-degraded')]],
    [
      'something else stood against it too',
      [{ ...unchecked, also: [{ code: 'instance-refresh', text: 'one is under way' }] }],
    ],
    ['a person wrote these words', [spare('web', 'vetoed by ann: could not be checked', 'vetoed')]],
  ])('is none where %s', (_, decisions) => {
    expect(uncheckedFailures(decisions)).toEqual([]);
  });
});
