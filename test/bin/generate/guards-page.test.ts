import { describe, expect, test } from 'vitest';
import { guardsPage } from '#bin/generate/guards-page.ts';
import type { Gate } from '#core/gates/gate.ts';
import type { Guard } from '#core/guards/guard.ts';

const passes = () => ({ passes: true, saw: 'nothing' });
const stop: Gate = {
  name: 'stop',
  summary: 'A stop is set.',
  holds: 'always',
  check: () => ({ open: true, text: '' }),
};
const guards: readonly Guard[] = [
  { code: 'alone', summary: 'It is alone.', needs: 'listing', check: passes },
  { code: 'busy', summary: 'It is busy.', needs: 'candidate', check: passes },
  { code: 'young', summary: 'It is young.', needs: 'target', check: passes },
];
const tables = (...names: readonly string[]) =>
  ['# Page', ...names.map((name) => `<!-- ${name} -->\nwhatever\n<!-- end -->`), 'The end.'].join('\n');
const all = tables('gates', 'guards: listing', 'guards: candidate, target');

describe('guardsPage', () => {
  const page = guardsPage(all, [stop], guards);

  test('lists the gates, and the guards that need the evidence of each table, and leaves the rest as it is', () => {
    expect(page).toBe(
      [
        ...['# Page', '<!-- gates -->', '', '| gate | closed when |', '| --- | --- |'],
        ...['| `stop` | A stop is set. |', '', '<!-- end -->'],
        ...['<!-- guards: listing -->', '', '| guard | refuses when |', '| --- | --- |'],
        ...['| `alone` | It is alone. |', '', '<!-- end -->'],
        ...['<!-- guards: candidate, target -->', '', '| guard | refuses when |', '| --- | --- |'],
        ...['| `busy` | It is busy. |', '| `young` | It is young. |', '', '<!-- end -->'],
        'The end.',
      ].join('\n'),
    );
  });

  test('is the same when it is made again', () => {
    expect(guardsPage(page, [stop], guards)).toBe(page);
  });

  test('has every guard in a table, and no table without one', () => {
    expect(() => guardsPage(tables('guards: listing, candidate'), [stop], guards)).toThrow(
      'does not list young',
    );
    expect(() => guardsPage(tables('guards: ledger'), [stop], guards)).toThrow('empty table: guards: ledger');
  });
});
