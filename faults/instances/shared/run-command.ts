import { GetCommandInvocationCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Injector } from '#core/model/injector.ts';
import type { Hand } from '#core/model/lasting.ts';
import { codeOf } from '#core/util/error-text.ts';

/** What a command came to on an instance. */
export interface Answer {
  /** SSM's: `Success`, `Failed`, `TimedOut`... */
  readonly status: string;
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** The least that SSM takes: a command that no agent has picked up by then is given up. */
const deliverWithinSeconds = 30;
const betweenLooksMs = 2_000;

/** Sends a document to one instance, and returns the command's id. Sent again, it runs again. */
export async function sendCommand(
  { client, strike }: Pick<Hand<unknown>, 'client' | 'strike'>,
  instance: string,
  DocumentName: string,
  Parameters: Record<string, string[]>,
): Promise<string> {
  const { Command } = await client(SSMClient).send(
    new SendCommandCommand({
      DocumentName,
      InstanceIds: [instance],
      Parameters,
      TimeoutSeconds: deliverWithinSeconds,
      Comment: `chaos strike ${strike.id}`,
    }),
  );
  if (Command?.CommandId === undefined) throw new Error('SSM took the command, and gave it no id');
  return Command.CommandId;
}

/** Undefined while it is not over, or not listed yet. */
export async function readAnswer(
  { client }: Injector,
  instance: string,
  command: string,
): Promise<Answer | undefined> {
  try {
    const {
      Status = 'Pending',
      ResponseCode = -1,
      StandardOutputContent = '',
      StandardErrorContent = '',
    } = await client(SSMClient).send(
      new GetCommandInvocationCommand({ CommandId: command, InstanceId: instance }),
    );
    if (['Pending', 'InProgress', 'Delayed', 'Cancelling'].includes(Status)) return undefined;
    return {
      status: Status,
      exitCode: ResponseCode,
      output: StandardOutputContent,
      errors: StandardErrorContent,
    };
  } catch (error) {
    if (codeOf(error) === 'InvocationDoesNotExist') return undefined;
    throw error;
  }
}

/** Asks until there is an answer, or so many times. */
export async function awaitAnswer(
  hand: Pick<Hand<never>, 'client' | 'sleep'>,
  instance: string,
  command: string,
  looks = Number.POSITIVE_INFINITY,
): Promise<Answer | undefined> {
  for (let look = 0; look < looks; look += 1) {
    await hand.sleep(betweenLooksMs);
    const answer = await readAnswer(hand, instance, command);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** `Failed, exit code 6: chaos: refused: no process java`. */
export function answerText(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer';
  const { status, exitCode, output, errors } = answer;
  const said = [errors, output].map((text) => text.trim()).find((text) => text !== '');
  return `${status}, exit code ${exitCode}${said === undefined ? '' : `: ${said.slice(0, 200)}`}`;
}
