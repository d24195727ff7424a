import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPage } from '#sandbox/paging.ts';

const invalidToken = () => new Error('no such token');

describe('nextPage', () => {
  test('pages contain everything that stays, once, in order, even if the list grows meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9)),
        fc.array(fc.nat(9)),
        fc.integer({ min: 1, max: 7 }),
        (all, later, size) => {
          const keep = (value: number) => value % 3 !== 0;
          const list = [...all];
          const pages: number[][] = [];
          let token: string | undefined;
          do {
            const answer = nextPage(list, { size, token, keep, invalidToken });
            pages.push(answer.page);
            token = answer.token;
            if (pages.length === 1) list.push(...later);
          } while (token !== undefined);
          // Whoever was told that there is no more does not hear of what came later.
          const expected = pages.length === 1 ? all : list;
          expect(pages.flat()).toEqual(expected.filter(keep));
          expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
        },
      ),
    );
  });

  test('an unknown token is refused', () => {
    for (const token of ['', 'made-up', Buffer.from('place:99').toString('base64url')]) {
      expect(() => nextPage([1, 2], { size: 1, token, invalidToken })).toThrow('no such token');
    }
  });
});
