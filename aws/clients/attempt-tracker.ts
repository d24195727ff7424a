import { isThrottlingError } from '@smithy/core/retry';
import type {
  FinalizeHandler,
  FinalizeHandlerArguments,
  HandlerExecutionContext,
  MetadataBearer,
  MiddlewareStack,
  Pluggable,
  SdkError,
} from '@smithy/types';
import { UnexpectedResponse } from './unexpected-response.ts';

/**
 * Tracks how each attempt of a client's calls ended. The SDK reports only the last one; if that was refused, an earlier one whose answer
 * was lost may still have taken effect.
 */
export class AttemptTracker {
  readonly #mayBegin: () => void;
  #count = 0;
  #refused = 0;

  /** `mayBegin` throws if it is too late for an attempt, which may have waited in the queue. */
  constructor(mayBegin: () => void) {
    this.#mayBegin = mayBegin;
  }

  /** Whether AWS certainly did nothing: it received no attempt, or refused each one. */
  get wasRefusedEveryTime(): boolean {
    return this.mayHaveActed === 0;
  }

  /** The number of attempts that AWS may have acted on. */
  get mayHaveActed(): number {
    return this.#count - this.#refused;
  }

  /** For clients of `makeClients`. */
  get plugin(): Pluggable<object, MetadataBearer> {
    return {
      applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
        stack.addRelativeTo(
          (next: FinalizeHandler<object, MetadataBearer>, { commandName = '' }: HandlerExecutionContext) =>
            (args: FinalizeHandlerArguments<object>) =>
              this.#track(() => next(args), reads.test(commandName)),
          { relation: 'after', toMiddleware: 'inTurn', name: 'trackAttempt' },
        ),
    };
  }

  async #track<Answer>(attempt: () => Promise<Answer>, isRead: boolean): Promise<Answer> {
    this.#mayBegin();
    if (isRead) return attempt();
    this.#count += 1;
    try {
      return await attempt();
    } catch (error) {
      if (isRefusal(error as SdkError)) this.#refused += 1;
      throw error;
    }
  }
}

/** Commands that change nothing, whatever becomes of them. */
const reads = /^(Get|List|Describe)[A-Z]/;

/** Node's error codes for a request that never left this machine. */
const neverSent: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);

/** AWS refused the call (EC2 throttles with status 503) or was not reached at all. */
function isRefusal(error: SdkError): boolean {
  if (error instanceof UnexpectedResponse) return false;
  if ('code' in error && neverSent.has(error.code)) return true;
  const status = error.$metadata?.httpStatusCode ?? 0;
  return (status >= 400 && status < 500) || isThrottlingError(error);
}
