import { wrapText } from './wrap.ts';

/** Help is for people, even when it is piped to a pager. */
const widthOfPipes = 80;

/** Wraps the text of `--help`. Consecutive lines in the source form one paragraph. */
export function helpText(text: string, width: number = widthOfPipes): string {
  return wrapText(joinParagraphs(text.split('\n')).join('\n'), width, 0);
}

function joinParagraphs(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const isContinuation =
      last !== undefined &&
      ((isParagraph(line) && isParagraph(last)) || (columnOf(last) > 0 && indentOf(line) === columnOf(last)));
    if (isContinuation) joined[joined.length - 1] = `${last} ${line.trimStart()}`;
    else joined.push(line);
  }
  return joined;
}

function isParagraph(line: string): boolean {
  return /^\S/.test(line) && !line.includes('  ');
}

/** Where the second column of an indented line starts; 0 if it has none. */
function columnOf(line: string): number {
  return /^ +\S.*? {2,}(?=\S)/.exec(line)?.[0].length ?? 0;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
