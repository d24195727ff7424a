import type {
  FinalizeHandler,
  FinalizeHandlerArguments,
  HandlerExecutionContext,
  MetadataBearer,
  MiddlewareStack,
  Pluggable,
  SdkError,
} from '@smithy/types';
import { isUnreachable } from '../context/aws-error-message.ts';

/**
 * Knows at any moment whether a write may have taken effect, both in flight and after a failure. The SDK's error describes only the
 * last attempt, but an earlier one whose answer was lost may have succeeded.
 */
export class WriteTracker {
  #inFlight = 0;
  #lost = 0;

  get mayHaveTakenEffect(): boolean {
    return this.#inFlight + this.#lost > 0;
  }

  get plugin(): Pluggable<object, MetadataBearer> {
    return {
      applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
        // After signing: while the SDK is still looking for credentials, nothing has been sent.
        stack.addRelativeTo(
          (next: FinalizeHandler<object, MetadataBearer>, { commandName = '' }: HandlerExecutionContext) =>
            (args: FinalizeHandlerArguments<object>) =>
              onlyReads.test(commandName) ? next(args) : this.#track(() => next(args)),
          { relation: 'after', toMiddleware: 'httpSigningMiddleware', name: 'trackWrites' },
        ),
    };
  }

  async #track<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    this.#inFlight += 1;
    try {
      return await attempt();
    } catch (error) {
      if (!wasRefused(error as SdkError) && !isUnreachable(error)) this.#lost += 1;
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }
}

const onlyReads = /^(?:Get|BatchGet|TransactGet|Query|Scan)/;

function wasRefused({ $metadata }: SdkError): boolean {
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}
