import { describe, expect, test } from 'vitest';
import { makeGroupFilter } from '#core/config/group-filter.ts';
import { aGroup } from '../../support/a-group.ts';

const web = aGroup({ name: 'web' });
const api = aGroup({ name: 'api' });

describe('wantedGroups', () => {
  test.each<[string, readonly string[] | undefined, readonly string[], readonly string[]]>([
    ['no list', undefined, ['web', 'api'], []],
    ['a name', ['web'], ['web'], []],
    ['a key', [web.key], ['web'], []],
    ['a name and its key', ['web', web.key], ['web'], []],
    ['a group that is not there', [web.key, 'wbe'], ['web'], ['wbe']],
    ['a part of a name', ['we'], [], ['we']],
  ])('%s takes what it names, and remembers what was not seen', (_, wanted, taken, notSeen) => {
    const groups = makeGroupFilter(wanted);
    expect([web, api].filter(groups.takes).map(({ name }) => name)).toEqual(taken);
    expect(groups.notSeen()).toEqual(notSeen);
  });

  test.each<[readonly string[], Readonly<Record<string, string>>]>([
    [['wbe'], { wbe: 'web' }],
    [['web', 'apo', 'checkout'], { apo: 'api' }],
    [['222222222222/eu-west-1/asg/wbe'], { '222222222222/eu-west-1/asg/wbe': web.key }],
    [['111111111111/us-east-1/tag/web'], { '111111111111/us-east-1/tag/web': web.key }],
    [['web'], {}],
    [['__proto__'], {}],
  ])('asked for %j it says what was meant', (wanted, meant) => {
    const groups = makeGroupFilter(wanted);
    for (const group of [web, api]) groups.takes(group);
    expect(groups.meant()).toEqual(meant);
  });

  test('remembers no more names than it can look through', () => {
    const groups = makeGroupFilter(['group-10001x']);
    for (let index = 0; index < 20_000; index += 1) groups.takes(aGroup({ name: `group-${index}-of-many` }));
    groups.takes(aGroup({ name: 'group-10001y' }));
    expect(groups.meant()).toEqual({});
  });
});
