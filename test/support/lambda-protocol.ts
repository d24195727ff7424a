/** What a Lambda container sends to the runner inside it. */
export interface Invocation {
  readonly requestId: string;
  readonly event: unknown;
  readonly timeoutMs: number;
}

/** What the runner answers with. */
export type Outcome =
  | { readonly payload: string }
  | { readonly error: { readonly errorType: string; readonly errorMessage: string } };

/** The last line of an invocation, on stdout and on stderr: messages go another way and may be there first. */
export function endOf(requestId: string): string {
  return `END RequestId: ${requestId}`;
}
