const maxListed = 3;

/** A list for people: the first few, and how many more there are: `a, b, c and 7 more`. */
export function listFirst(texts: readonly string[], separator = ', '): string {
  const first = texts.slice(0, maxListed).join(separator);
  return texts.length > maxListed ? `${first} and ${texts.length - maxListed} more` : first;
}
