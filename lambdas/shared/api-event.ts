import * as z from 'zod';
import { foundText } from '#core/util/found-text.ts';
import { InvalidInput } from '#core/util/parse.ts';

const Texts = z.record(z.string(), z.string()).default({});

/** The part of an API Gateway event, payload format 2.0, that is read. */
export const ApiEvent = z.looseObject({
  version: z.literal('2.0'),
  /** `POST /experiments`, or `GET /experiments/{id}` with the id among the path's parameters. */
  routeKey: z.string().default(''),
  pathParameters: Texts,
  queryStringParameters: Texts,
  requestContext: z.looseObject({
    http: z.looseObject({ method: z.string(), path: z.string() }),
    /** Whoever signed the request, as API Gateway found. */
    authorizer: z
      .looseObject({ iam: z.looseObject({ userArn: z.string().optional() }).optional() })
      .optional(),
  }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});
export type ApiEvent = z.infer<typeof ApiEvent>;

/** The body's JSON; an empty object without one. Throws `InvalidInput` for a body that is not JSON. */
export function parseBody({ body, isBase64Encoded }: Pick<ApiEvent, 'body' | 'isBase64Encoded'>): unknown {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput('request', [
      { path: '(root)', expected: 'expected JSON', found: foundText(text) },
    ]);
  }
}
