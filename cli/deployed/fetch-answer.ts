import type * as z from 'zod';
import type { Config } from '#core/config/config.ts';
import type { OtherTaskInput, Task } from '#core/config/task.ts';
import { parse } from '#core/util/parse.ts';
import { findConfig, openConfig } from '../config/open-config.ts';
import type { CliContext } from '../context/cli-context.ts';
import { buildTask, toUsageError } from '../options/request.ts';
import { answerName, askFunction, withMasterRegion } from './invoke-function.ts';

/** Answers a task by the deployed function, or with `--sandbox` in this process. */
export async function fetchAnswer<Schema extends z.ZodType>(
  {
    task,
    what,
    schema,
  }: {
    readonly task: OtherTaskInput;
    /** What is asked for: `a plan`. */
    readonly what: string;
    readonly schema: Schema;
  },
  options: {
    readonly config?: string | undefined;
    readonly region?: string | undefined;
    readonly sandbox?: boolean;
  },
  context: CliContext,
) {
  const config = await openConfig(findConfig(options.config, context.cwd), context.terminal);
  const deployed = withMasterRegion(config, options);
  const checked = buildTask(task, config);
  const answer = options.sandbox
    ? await answerInSandbox(checked, config, context)
    : await askFunction({ input: task, what }, deployed, context);
  return { config, answer: parse(schema, answer, answerName) };
}

async function answerInSandbox(task: Task, config: Config, context: CliContext): Promise<object> {
  // Loaded late: the sandbox and the code of all tasks take longer to load than a call of the function needs.
  const [{ openSandbox }, { performTask }] = await Promise.all([
    import('../sandbox/open-sandbox.ts'),
    import('#core/tasks.ts'),
  ]);
  const { world, start } = openSandbox(config, context);
  return performTask(task, start(task), world).catch((error: unknown) => {
    throw toUsageError(error);
  });
}
