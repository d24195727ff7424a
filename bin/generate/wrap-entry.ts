const maxLineLength = 120;

/** Wraps an entry of a list, but not within code. */
export function wrapEntry(text: string): string {
  const lines: string[] = [];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const last = lines.pop();
    const longer = `${last} ${word}`;
    if (last === undefined) lines.push(word);
    else if (longer.length <= maxLineLength) lines.push(longer);
    else lines.push(last, `  ${word}`);
  }
  return lines.join('\n');
}
