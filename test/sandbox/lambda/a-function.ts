import { LambdaClient } from '@aws-sdk/client-lambda';
import type { FunctionSeed } from '#sandbox/lambda/function.ts';
import type { SandboxOptions } from '#sandbox/sandbox.ts';
import { aSandbox } from '../a-sandbox.ts';

/** An account with the function `web`, and a client of its role, on a clock that only the test advances. */
export async function aFunction(
  seed: Partial<FunctionSeed> = {},
  options: Pick<SandboxOptions, 'authorize'> = {},
) {
  const { clock, clients, home, assume } = aSandbox({ jumps: false, ...options });
  const web = home.functions.add({ name: 'web', ...seed });
  return { clock, home, web, lambda: clients(LambdaClient, await assume()) };
}
