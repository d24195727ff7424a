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
 * Whether a call may have taken effect, to be asked at any moment: while it is under way, and after it has failed. The SDK's error
 * tells of the last attempt alone, and an earlier one, whose answer was lost, may have been heeded.
 */
export class WriteTracker {
  #inFlightNotice = 0;
  #lost = 0;

  get mayHaveTakenEffect(): boolean {
    return this.#inFlightNotice + this.#lost > 0;
  }

  get plugin(): Pluggable<object, MetadataBearer> {
    return {
      applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
        // After signing: as long as credentials are looked for, nothing has been sent.
        stack.addRelativeTo(
          (next: FinalizeHandler<object, MetadataBearer>, { commandName = '' }: HandlerExecutionContext) =>
            (args: FinalizeHandlerArguments<object>) =>
              onlyReads.test(commandName) ? next(args) : this.#note(() => next(args)),
          { relation: 'after', toMiddleware: 'httpSigningMiddleware', name: 'noteSent' },
        ),
    };
  }

  async #note<Answer>(attempt: () => Promise<Answer>): Promise<Answer> {
    this.#inFlightNotice += 1;
    try {
      return await attempt();
    } catch (error) {
      if (!wasRefused(error as SdkError) && !isUnreachable(error)) this.#lost += 1;
      throw error;
    } finally {
      this.#inFlightNotice -= 1;
    }
  }
}

const onlyReads = /^(?:Get|BatchGet|TransactGet|Query|Scan)/;

function wasRefused({ $metadata }: SdkError): boolean {
  const status = $metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500;
}
