/** Parses JSON. Other text is returned unchanged, for the schema to reject. */
export function parseJsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
