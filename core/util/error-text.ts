const maxMessage = 400;

export function codeOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.length > maxMessage ? `${text.slice(0, maxMessage - 3)}...` : text;
}
