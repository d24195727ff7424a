/**
 * Escapes the control and formatting characters in outside text, as in `\u202e`: it can neither move a terminal's cursor, nor
 * end a line, nor reverse the reading direction. Inside a JSON string, the result means the same.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, escaped);
}

function escaped(character: string): string {
  // Code units, as in JSON: a character beyond the first plane has two.
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
