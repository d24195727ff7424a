import { stripVTControlCharacters } from 'node:util';

/** The share and the number of columns that a second column needs. With less room, it goes below the first. */
const columnShare = 0.4;
const leastColumns = 24;
/** Indent of a column moved below the first. */
const stackedIndent = 4;
/** Indent of the continuation of a wrapped line. */
const hangingIndent = 2;

/** A shell command to paste: a whole line, or everything after a colon. A trailing period marks a sentence. */
const commandAtEnd = /^(|.*?: )((?:\(cd|\.\/chaos|aws|npx|npm|curl) .*[^.])$/;
/** A command must not be broken at spaces inside quotes. An unclosed quote is an ordinary character. */
const shellWord = /(?:'[^']*'|"[^"]*"|\\\S|\S)+?(?=\s|$)/g;

/**
 * Wraps each line at spaces to fit `width` columns, never inside a word, so that ids, keys and URLs stay whole. A line with columns,
 * separated by two spaces, keeps them if there is room for the longest word. Commands are continued with backslashes, so that they can
 * still be pasted. JSON is not wrapped, and nothing is if `width` is undefined.
 */
export function wrapText(text: string, width: number | undefined, hanging = hangingIndent): string {
  if (width === undefined || isJson(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width, hanging))
    .join('\n');
}

/** A line break inside a JSON string would corrupt it. */
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
  // Otherwise the screen would break a long id.
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
  /** Extra indent of all lines but the first. */
  readonly hanging: number;
  readonly width: number;
  /** Appended to each line but the last. */
  readonly continued: string;
}

/** Fills lines with words. A word longer than a line gets its own line. */
function fill(words: readonly string[], { indent, hanging, width, continued }: Block): readonly string[] {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const room = width - (index === words.length - 1 ? 0 : continued.length);
    const current = lines.at(-1);
    if (current !== undefined && widthOf(`${current} ${word}`) <= room) {
      lines[lines.length - 1] = `${current} ${word}`;
    } else {
      const wanted = indent + (index === 0 ? 0 : hanging);
      // A long id is indented less if that keeps it on one line.
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

/** Width in columns, assuming one per character. */
function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}
