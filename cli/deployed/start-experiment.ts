import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { ExperimentRun } from '#core/experiment/engine/experiment-run.ts';
import type { Region } from '#core/model/aws-names.ts';
import { codeOf } from '#core/util/error-text.ts';
import { type Parsed, parse } from '#core/util/parse.ts';
import { experimentControlName } from '#lib/outputs.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { changeLedger } from './change-ledger.ts';
import { functionAnswer } from './function-answer.ts';
import { WriteTracker } from './write-tracker.ts';

/** Longer than the function may run. */
const patienceMs = 40_000;

const Started = z.object({
  id: z.string(),
  /** What people should know of the file. */
  warnings: z.array(
    z.object({
      path: z.string(),
      text: z.string(),
      at: z.object({ line: z.int(), column: z.int() }).exactOptional(),
    }),
  ),
});
export type Started = Parsed<typeof Started>;

/** Asks for a run in AWS. With the same id, it is one run however often it is asked for: the call is retried. */
export async function startExperiment(
  run: Pick<ExperimentRun, 'id' | 'rehearsal' | 'startedBy'> & { readonly file: string },
  { region, flags }: { readonly region: Region; readonly flags: string },
  context: CliContext,
): Promise<Started> {
  const name = experimentControlName;
  const client = context.clients(LambdaClient, { region, patienceMs });
  const sent = new WriteTracker();
  client.middlewareStack.use(sent.plugin);
  const Payload = Buffer.from(JSON.stringify({ ...run, trigger: 'cli' }));
  const see = `./chaos experiment status ${run.id}${flags}`;
  let answer: unknown;
  const invoke = async () => {
    try {
      const answered = await client.send(new InvokeCommand({ FunctionName: name, Payload }));
      answer = functionAnswer(answered, { name, region, lost: `Whether it has started: ${see}` });
    } catch (error) {
      if (codeOf(error) !== 'ResourceNotFoundException') throw error;
      const remedy = 'Deploy it, with experiments: { deploy: true } in the configuration: npx cdk deploy';
      throw new CliError(`There is no function ${name} in ${region}. ${remedy}`, exitCodes.failed, error);
    }
  };
  await changeLedger(
    { doing: 'start the experiment', done: 'the experiment has started', see },
    invoke,
    sent,
    context,
  );
  return parse(Started, answer, `answer of ${name}`);
}
