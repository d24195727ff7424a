import { stripVTControlCharacters } from 'node:util';

/** A second column needs so much of the width, and so many columns; where there is less, it goes below the first. */
const columnShare = 0.4;
const leastColumns = 24;
/** How far that which goes below is moved in. */
const stackedIndent = 4;
/** How far the rest of a broken line is moved in. */
const hangingIndent = 2;

/** A command to be pasted into a shell: a whole line, or what follows a colon up to the end. A sentence ends with a full stop. */
const commandAtEnd = /^(|.*?: )((?:\(cd|\.\/chaos|aws|npx|npm|curl) .*[^.])$/;
/** Quoted words hold spaces, at which a command must not be broken. A quote that nothing closes is a character. */
const shellWord = /(?:'[^']*'|"[^"]*"|\\\S|\S)+?(?=\s|$)/g;

/**
 * The text with each line broken at spaces to fit `width` columns: never inside a word, so that ids, keys and URLs stay whole. A
 * line with columns, which two spaces set apart, keeps them while there is room for its longest word. A command is broken with backslashes, so that
 * it can still be pasted. JSON is left as it is, and so is everything where `width` is undefined.
 */
export function wrapText(text: string, width: number | undefined, hanging = hangingIndent): string {
  if (width === undefined || isJson(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width, hanging))
    .join('\n');
}

/** A line break in one of its strings would spoil it. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function wrapLine(line: string, width: number, hanging: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const [, left, gap, right] = /^( *\S.*?)( {2,})(\S.*)$/.exec(line) ?? [];
  if (left === undefined || gap === undefined || right === undefined) return wrapWords(line, width, hanging);
  const column = widthOf(left + gap);
  const room = width - column;
  // A long id would be broken by the screen.
  if (room >= Math.max(leastColumns, width * columnShare, longestWord(right))) {
    const [first, ...others] = wrapLine(right, room, 0);
    return [`${left}${gap}${first}`, ...others.map((other) => `${' '.repeat(column)}${other}`)];
  }
  const indent = ' '.repeat(indentOf(line) + stackedIndent);
  return [...wrapWords(left, width, hanging), ...wrapLine(`${indent}${right}`, width, 0)];
}

function wrapWords(line: string, width: number, hanging: number): readonly string[] {
  const indent = Math.max(0, Math.min(indentOf(line), width - leastColumns));
  const [, prose = line, command = ''] = commandAtEnd.exec(line.trim()) ?? [];
  const below = command !== '' && prose !== '' ? hangingIndent : 0;
  return [
    ...fill(prose.match(/\S+/g) ?? [], { indent, hanging, width, continued: '' }),
    ...fill(command.match(shellWord) ?? [], {
      indent: indent + below,
      hanging: hangingIndent,
      width,
      continued: ' \\',
    }),
  ];
}

interface Block {
  readonly indent: number;
  /** Of all lines but the first, on top of the indent. */
  readonly hanging: number;
  readonly width: number;
  /** What ends each line but the last. */
  readonly continued: string;
}

/** As many words on each line as it holds; a longer word has a line of its own. */
function fill(words: readonly string[], { indent, hanging, width, continued }: Block): readonly string[] {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const room = width - (index === words.length - 1 ? 0 : continued.length);
    const current = lines.at(-1);
    if (current !== undefined && widthOf(`${current} ${word}`) <= room) {
      lines[lines.length - 1] = `${current} ${word}`;
    } else {
      const wanted = indent + (index === 0 ? 0 : hanging);
      // A long id is moved in less, where that keeps it whole on its line.
      lines.push(`${' '.repeat(Math.max(0, Math.min(wanted, room - widthOf(word))))}${word}`);
    }
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line}${continued}`));
}

function longestWord(text: string): number {
  return Math.max(...text.split(/\s+/).map(widthOf));
}

function indentOf(line: string): number {
  return widthOf(line) - widthOf(line.trimStart());
}

/** In columns, as far as each character takes one. */
function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
