/** The action of a request in AWS's query protocol, which is a form with an `Action`. */
export function queryAction(body: Buffer | undefined): string | undefined {
  const text = body?.toString('utf8') ?? '';
  return text.startsWith('{') ? undefined : (new URLSearchParams(text).get('Action') ?? undefined);
}

export function xml(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'text/xml' } });
}

/** Escapes a text for an XML element. */
export function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
