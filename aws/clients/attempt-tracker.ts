import { isThrottlingError } from '@smithy/core/retry';
import type {
  FinalizeHandler,
  FinalizeHandlerArguments,
  MetadataBearer,
  MiddlewareStack,
  Pluggable,
  SdkError,
} from '@smithy/types';
import { UnexpectedResponse } from './unexpected-response.ts';

/**
 * Notes how each attempt of a client's calls ended. The SDK tells only of the last one, and where that was refused an earlier
 * one, whose answer was lost, may have taken effect.
 */
export class AttemptTracker {
  readonly #mayBegin: () => void;
  #count = 0;
  #refused = 0;

  /** `mayBegin` throws when it is too late for an attempt, which may have waited for its turn. */
  constructor(mayBegin: () => void) {
    this.#mayBegin = mayBegin;
  }

  /** Whether AWS surely did nothing: it was not asked, or refused each time. */
  get wasRefusedEveryTime(): boolean {
    return this.mayHaveActed === 0;
  }

  /** How many attempts AWS may have acted on. */
  get mayHaveActed(): number {
    return this.#count - this.#refused;
  }

  /** For clients of `makeClients`. */
  get plugin(): Pluggable<object, MetadataBearer> {
    return {
      applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
        stack.addRelativeTo(
          (next: FinalizeHandler<object, MetadataBearer>) => (args: FinalizeHandlerArguments<object>) =>
            this.#note(() => next(args)),
          { relation: 'after', toMiddleware: 'inTurn', name: 'noteAttempt' },
        ),
    };
  }

  async #note<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    this.#mayBegin();
    this.#count += 1;
    try {
      return await attempt();
    } catch (error) {
      if (isRefusal(error as SdkError)) this.#refused += 1;
      throw error;
    }
  }
}

/** Codes of Node's for a request that has not left this machine. */
const neverSent: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);

/** AWS answered that it would not, which EC2 says of too many requests with a 503; or it was not reached at all. */
function isRefusal(error: SdkError): boolean {
  if (error instanceof UnexpectedResponse) return false;
  if ('code' in error && neverSent.has(error.code)) return true;
  const status = error.$metadata?.httpStatusCode ?? 0;
  return (status >= 400 && status < 500) || isThrottlingError(error);
}
