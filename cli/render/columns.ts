import { stripVTControlCharacters } from 'node:util';
import type { Section } from './layout.ts';

/** Aligns cells below each other, whatever their colors. */
export function columns(rows: readonly (readonly string[])[], indent: string): Section {
  const widthOf = (cell: string) => stripVTControlCharacters(cell).length;
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, widthOf(cell))),
    [],
  );
  return rows.map((row) => {
    const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)));
    return `${indent}${cells.join('  ')}`.trimEnd();
  });
}
