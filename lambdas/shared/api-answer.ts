import type { InvalidInput } from '#core/util/parse.ts';

/** API Gateway's response, payload format 2.0. */
export interface ApiAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function apiAnswer(statusCode: number, body: unknown): ApiAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** A request that is refused: the error's name and text, and nothing of where it was thrown. */
export function refusal(statusCode: number, { name, message }: Error): ApiAnswer {
  return apiAnswer(statusCode, { error: name, message });
}

export function invalidRequest({ name, message, mistakes, more }: InvalidInput): ApiAnswer {
  return apiAnswer(400, { error: name, message, mistakes, more });
}
