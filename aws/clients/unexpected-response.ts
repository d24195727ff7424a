import { Readable } from 'node:stream';
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
 * Something other than AWS answered: a proxy with an error page, a captive portal, a wrong endpoint. The call may or may not have taken
 * effect.
 */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  readonly $metadata: { readonly httpStatusCode: number; attempts?: number };

  constructor(host: string, status: number, body: string) {
    super(`HTTP ${status} from ${host}, not from AWS: ${oneLine(body, shownLength) || '(empty)'}`);
    // By this the SDK decides what to retry.
    this.$metadata = { httpStatusCode: status };
  }
}

const shownLength = 120;
/** Enough of a body to recognize it. */
const startLength = 1_000;

/**
 * Accepts a response only if it looks like one from AWS. The SDK would accept an empty page, or well-formed XML, with status 200 as an
 * answer without content: no stop is set, there are no groups, the transaction succeeded. The attempt fails with a `TimeoutError` if the
 * body does not arrive within `timeoutMs` after the headers.
 */
export function expectAws(timeoutMs: number = bodyTimeoutMs): Pluggable<object, MetadataBearer> {
  return {
    applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) => {
      stack.addRelativeTo(checkReadable, {
        relation: 'before',
        toMiddleware: 'deserializerMiddleware',
        name: 'expectReadable',
        override: true,
      });
      stack.addRelativeTo(
        (next: Next, context: HandlerExecutionContext) => checkOrigin(next, context, timeoutMs),
        {
          relation: 'after',
          toMiddleware: 'deserializerMiddleware',
          name: 'expectAws',
          override: true,
        },
      );
    },
  };
}

type Next = DeserializeHandler<object, MetadataBearer>;
type Args = DeserializeHandlerArguments<object>;

/** The answer to the last attempt of a call, for the middleware outside the deserializer. */
const responses = new WeakMap<HandlerExecutionContext, UnexpectedResponse>();

/** Inside the SDK's deserializer: checks what the response looks like. */
function checkOrigin(next: Next, context: HandlerExecutionContext, timeoutMs: number): Next {
  return async (args: Args) => {
    const result = await next(args);
    const { response } = result;
    if (!HttpResponse.isInstance(response) || !HttpRequest.isInstance(args.request)) return result;
    const body = await wholeBody(response.body, timeoutMs);
    // The SDK hands an object on as the stream that it came as.
    response.body = context.commandName === 'GetObjectCommand' ? Readable.from([body]) : body;
    const start = new TextDecoder().decode(body.subarray(0, startLength)).trimStart();
    const { hostname, port } = args.request;
    const host = port === undefined ? hostname : `${hostname}:${port}`;
    const unexpected = new UnexpectedResponse(host, response.statusCode, start);
    if (!looksLikeAws(start, args.request, response, context)) throw unexpected;
    responses.set(context, unexpected);
    return result;
  };
}

/** Outside it: catches responses that started like an answer but could not be parsed. */
function checkReadable(next: Next, context: HandlerExecutionContext): Next {
  return async (args: Args) => {
    try {
      return await next(args);
    } catch (error) {
      const seen = responses.get(context);
      // Errors from AWS itself have a fault, client or server.
      if (seen === undefined || !(error instanceof Error) || !('$response' in error) || '$fault' in error) {
        throw error;
      }
      throw seen;
    }
  };
}

/** Recognizes XML by its root, which is named after the operation or an AWS error, and JSON by its brace. */
function looksLikeAws(
  start: string,
  { headers, method }: HttpRequest,
  { statusCode, headers: answered }: HttpResponse,
  { clientName, commandName }: HandlerExecutionContext,
) {
  // A Lambda function may answer anything, and an asynchronous invocation answers nothing.
  const isOk = statusCode >= 200 && statusCode < 300;
  if (isOk && headers['content-type'] === 'application/octet-stream') return true;
  // REST APIs may report errors only in a header.
  if (!isOk && answered['x-amzn-errortype'] !== undefined) return true;
  // They answer to a change by its status alone, and with the id of the request.
  const hasId = answered['x-amzn-requestid'] !== undefined || answered['x-amz-request-id'] !== undefined;
  if (isOk && hasId && (method === 'PUT' || method === 'DELETE')) return true;
  if (clientName === 'S3Client') {
    return jsonOfS3.has(commandName ?? '') && isOk ? start.startsWith('{') : s3Root.test(start);
  }
  if (/^application\/(x-amz-)?json/.test(headers['content-type'] ?? 'application/json'))
    return start.startsWith('{');
  return /^(<\?xml[^>]*\?>\s*)?<(\w*Response)[\s/>]/.test(start);
}

/** What we keep in buckets is JSON, as policies are. */
const jsonOfS3: ReadonlySet<string> = new Set(['GetBucketPolicyCommand', 'GetObjectCommand']);
/** S3 names its answers after what is in them. */
const s3Root = /^(<\?xml[^>]*\?>\s*)?<(Error|CORSConfiguration|Tagging|AbacStatus)[\s/>]/;
