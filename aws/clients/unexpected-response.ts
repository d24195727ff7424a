import { HttpRequest, HttpResponse } from '@smithy/core/transport';
import type {
  DeserializeHandler,
  DeserializeHandlerArguments,
  HandlerExecutionContext,
  MetadataBearer,
  MiddlewareStack,
  Pluggable,
} from '@smithy/types';
import { oneLine } from '#core/util/format.ts';
import { bodyTimeoutMs, wholeBody } from './whole-body.ts';

/**
 * Somebody answered in AWS's place: a proxy with a page of its own, a captive portal, a wrong endpoint. What was asked for may
 * or may not have been done.
 */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  readonly $metadata: { readonly httpStatusCode: number; attempts?: number };

  constructor(host: string, status: number, body: string) {
    super(`HTTP ${status} from ${host}, not an answer of AWS: ${oneLine(body, shownLength) || '(empty)'}`);
    // By which the SDK tells what may be tried again.
    this.$metadata = { httpStatusCode: status };
  }
}

const shownLength = 120;
/** As much as tells what a body is. */
const startLength = 1_000;

/**
 * Takes a response for AWS's only if it looks like one. The SDK takes an empty page, or one of well-formed XML, with a status
 * of 200 for an answer without content: no stop is set, no group is there, the transaction is done. The attempt fails with a
 * `TimeoutError` where the body is not there `timeoutMs` after the headers.
 */
export function expectAws(timeoutMs: number = bodyTimeoutMs): Pluggable<object, MetadataBearer> {
  return {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) => {
      stack.addRelativeTo(readable, {
        relation: 'before',
        toMiddleware: 'deserializerMiddleware',
        name: 'expectReadable',
        override: true,
      });
      stack.addRelativeTo((next: Next, context: HandlerExecutionContext) => ofAws(next, context, timeoutMs), {
        relation: 'after',
        toMiddleware: 'deserializerMiddleware',
        name: 'expectAws',
        override: true,
      });
    },
  };
}

type Next = DeserializeHandler<object, MetadataBearer>;
type Args = DeserializeHandlerArguments<object>;

/** What the last attempt of a call was answered, for the middleware around the one that reads it. */
const responses = new WeakMap<HandlerExecutionContext, UnexpectedResponse>();

/** Inside the SDK's own reading. */
function ofAws(next: Next, context: HandlerExecutionContext, timeoutMs: number): Next {
  return async (args: Args) => {
    const result = await next(args);
    const { response } = result;
    if (!HttpResponse.isInstance(response) || !HttpRequest.isInstance(args.request)) return result;
    const body = await wholeBody(response.body, timeoutMs);
    response.body = body;
    const start = new TextDecoder().decode(body.subarray(0, startLength)).trimStart();
    const { hostname, port } = args.request;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    const unexpected = new UnexpectedResponse(host, response.statusCode, start);
    if (!isOfAws(start, args.request, response)) throw unexpected;
    responses.set(context, unexpected);
    return result;
  };
}

/** Around it: what began like an answer, and could not be read. */
function readable(next: Next, context: HandlerExecutionContext): Next {
  return async (args: Args) => {
    try {
      return await next(args);
    } catch (error) {
      const seen = responses.get(context);
      // What AWS itself says went wrong has a fault, the client's or the server's.
      if (seen === undefined || !(error instanceof Error) || !('$response' in error) || '$fault' in error) {
        throw error;
      }
      throw seen;
    }
  };
}

/** By the root of XML, which is named after the operation or is one of AWS's for errors; and by the brace of JSON. */
function isOfAws(start: string, { headers }: HttpRequest, { statusCode, headers: answered }: HttpResponse) {
  // A function answers what it likes, and nothing where it is asked not to wait.
  const isOk = statusCode >= 200 && statusCode < 300;
  if (isOk && headers['content-type'] === 'application/octet-stream') return true;
  // Errors of REST APIs may be in a header alone.
  if (!isOk && answered['x-amzn-errortype'] !== undefined) return true;
  if (/^application\/(x-amz-)?json/.test(headers['content-type'] ?? 'application/json'))
    return start.startsWith('{');
  return /^(<\?xml[^>]*\?>\s*)?<(\w*Response)[\s/>]/.test(start);
}
