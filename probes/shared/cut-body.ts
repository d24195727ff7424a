import { HttpResponse } from '@smithy/core/transport';
import type {
  DeserializeHandler,
  DeserializeHandlerArguments,
  MetadataBearer,
  MiddlewareStack,
  Pluggable,
} from '@smithy/types';
import { firstOf } from './first-of-body.ts';

/** Reads no more than the first megabyte of an answer, where its text is nothing that the SDK has to parse. */
export const cutBody: Pluggable<object, MetadataBearer> = {
  applyToStack: (stack: MiddlewareStack<object, MetadataBearer>) =>
    stack.addRelativeTo(
      (next: DeserializeHandler<object, MetadataBearer>) =>
        async (args: DeserializeHandlerArguments<object>) => {
          const result = await next(args);
          const { response } = result;
          if (HttpResponse.isInstance(response)) response.body = (await firstOf(response.body)).body;
          return result;
        },
      { relation: 'after', toMiddleware: 'expectAws', name: 'cutBody' },
    ),
};
