/**
 * Text from outside with its control and formatting characters spelled out, `\u202e`: nothing in it can move a terminal's
 * cursor, end a line, or turn what is read around, and whoever reads it sees what is there. Inside a JSON string it means the
 * same as before.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

function escaped(character: string): string {
  // Code units, as JSON has it: a character beyond the first plane is two of them.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
