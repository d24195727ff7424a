import { describe, expect, test } from 'vitest';
import { wantedGroups } from '#core/wanted-groups.ts';
import { aGroup } from '../support/a-group.ts';

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
    const groups = wantedGroups(wanted);
    expect([web, api].filter(groups.takes).map(({ name }) => name)).toEqual(taken);
    expect(groups.notSeen()).toEqual(notSeen);
  });
});
