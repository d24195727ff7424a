import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { arrows, packagesOfCore } from './arrows.ts';
import { closestRoom, importsIn, isWithin, specifiersIn } from './imports.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = Object.keys(arrows);
const tops = [...new Set(rooms.map((room) => room.split('/')[0]))];
const files = tops.flatMap((top) => globSync(`${top}/**/*.ts`, { cwd: root }));
const imports = files.flatMap((file) => importsIn(root, file));

/** Those that are there when the program runs. */
const valueImports = imports.filter(({ from, specifier }) => {
  const code = readFileSync(join(root, from), 'utf8');
  return specifiersIn(code.replaceAll(/^import type [^;]*;/gm, '')).includes(specifier);
});

const roomOf = (file: string) => closestRoom(file, rooms);

/** `from -> to` of rooms, with the imports it is made of. */
const found = Map.groupBy(
  imports.flatMap(({ from, to }) => {
    const [a, b] = [roomOf(from), to === undefined ? undefined : roomOf(to)];
    // A room that is one file of a folder is open to the rest of that folder.
    return b === undefined || a === b || isWithin(b, a) ? [] : [{ from, to, arrow: `${a} -> ${b}` }];
  }),
  ({ arrow }) => arrow,
);

const allowed = rooms.flatMap((from) =>
  rooms.flatMap((to) =>
    (arrows[from] ?? []).some((each) => isWithin(to, each)) ? [`${from} -> ${to}`] : [],
  ),
);

describe('the arrows', () => {
  test('found imports in every part of the house', () => {
    expect(tops.filter((top) => !imports.some(({ from }) => from.startsWith(`${top}/`)))).toEqual([]);
    expect(
      specifiersIn("import type {\n  A,\n} from '#core/a.ts';\nawait import('./b.ts');\nimport './c.ts';\n"),
    ).toEqual(['#core/a.ts', './b.ts', './c.ts']);
  });

  test('each file of core is in a room', () => {
    expect(
      files.filter((file) => file.startsWith('core/') && roomOf(file) === file && !rooms.includes(file)),
    ).toEqual([]);
  });

  test('each import is in the table', () => {
    const strange = [...found].filter(([arrow]) => !allowed.includes(arrow));
    expect(strange.flatMap(([, those]) => those.map(({ from, to }) => `${from} -> ${to}`))).toEqual([]);
  });

  test('each arrow of the table is an import', () => {
    const unused = rooms.flatMap((from) =>
      (arrows[from] ?? [])
        .filter(
          (to) =>
            ![...found.keys()].some((arrow) => {
              const [a = '', b = ''] = arrow.split(' -> ');
              return a === from && isWithin(b, to);
            }),
        )
        .map((to) => `${from} -> ${to}`),
    );
    expect(unused).toEqual([]);
  });

  test('the table has no circle: each room names only rooms above it', () => {
    const late = rooms.flatMap((from, at) =>
      (arrows[from] ?? [])
        .filter((to) => rooms.findLastIndex((room) => isWithin(room, to)) >= at)
        .map((to) => `${from} -> ${to}`),
    );
    expect(late).toEqual([]);
  });

  test('what decides about targets loads no SDK: simulations need none', () => {
    const loaded = new Set(['wiring/kinds.ts']);
    for (const file of loaded) {
      for (const { from, to } of valueImports) if (from === file && to !== undefined) loaded.add(to);
    }
    expect([...loaded]).toContain('targets/instances/kind.ts');
    const packages = valueImports.flatMap(({ from, to, specifier }) =>
      loaded.has(from) && to === undefined ? [specifier] : [],
    );
    expect(packages.filter((name) => !packagesOfCore.includes(name))).toEqual([]);
  });

  test('core imports few packages', () => {
    const packages = imports.filter(({ from, to }) => from.startsWith('core/') && to === undefined);
    expect([...new Set(packages.map(({ specifier }) => specifier))].toSorted()).toEqual(
      packagesOfCore.toSorted(),
    );
  });
});
