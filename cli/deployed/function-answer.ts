import type { InvokeCommandOutput } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Region } from '#core/model/aws-names.ts';
import { foundText } from '#core/util/found-text.ts';
import { parse } from '#core/util/parse.ts';
import { CliError, type ExitCode, exitCodes } from '../context/cli-error.ts';

/** Lambda's answer when the function threw an error. */
const FunctionError = z.looseObject({ errorType: z.string().default('Error'), errorMessage: z.string() });

/** What our functions refuse, in words of their own. Nothing has been done then. */
const refusals: Readonly<Record<string, ExitCode>> = {
  InvalidInput: exitCodes.badUsage,
  NotLearned: exitCodes.failed,
  AlreadyRunning: exitCodes.failed,
};

/** What a function of ours has answered, unchecked. Throws a `CliError` if it threw; `lost`: what the user should know then. */
export function functionAnswer(
  { FunctionError: failed, Payload }: Pick<InvokeCommandOutput, 'FunctionError' | 'Payload'>,
  { name, region, lost }: { readonly name: string; readonly region: Region; readonly lost?: string },
): unknown {
  const text = Payload === undefined ? '' : Buffer.from(Payload).toString('utf8');
  if (failed === undefined) return fromJson(text, name);
  const { errorType, errorMessage } = parse(FunctionError, fromJson(text, name), `error of ${name}`);
  const refusal = refusals[errorType];
  if (refusal !== undefined) throw new CliError(errorMessage, refusal);
  throw new CliError(
    [
      `${name} failed. ${errorType}: ${errorMessage}`,
      ...(lost === undefined ? [] : [lost]),
      `See the log: aws logs tail /aws/lambda/${name} --region ${region} --since 1h`,
    ].join('\n  '),
    exitCodes.failed,
  );
}

function fromJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${name} did not answer with JSON: ${foundText(text)}`, exitCodes.failed, error);
  }
}
