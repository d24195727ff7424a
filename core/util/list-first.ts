const shown = 3;

/** A list for people: the first few, and how many more there are. */
export function listFirst(texts: readonly string[], separator = ', '): string {
  const first = texts.slice(0, shown).join(separator);
  return texts.length > shown ? `${first} and ${texts.length - shown} more` : first;
}
