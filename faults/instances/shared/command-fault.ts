import * as z from 'zod';
import { type LastingFault, NotInjected, type Place } from '#core/model/fault.ts';
import type { Hand, StrikeRef, UndoResult } from '#core/model/lasting.ts';
import { commandParameters } from '#documents/command-parameters.ts';
import { type CommandDocument, undo as undoDocument } from '#documents/documents.ts';
import type { Instances } from '#targets/instances/kind.ts';
import { begun, isStuck, isUndone } from './answers.ts';
import { instanceState } from './instance-state.ts';
import { unmanaged } from './managed.ts';
import { answerText, awaitAnswer, readAnswer, sendCommand } from './run-command.ts';
import { managedByService } from './unfit.ts';

/** What is known of a strike: the instance itself tells only what commands have answered. */
const Saved = z.strictObject({
  /** The command that begins it. Null: it was about to be sent, and may have been. Left out: it was not. */
  begin: z.string().nullable().exactOptional(),
  /** The command that undoes it. */
  undo: z.string().exactOptional(),
  /** It has ended without one. */
  over: z.literal(true).exactOptional(),
});
type Saved = z.infer<typeof Saved>;

/** What every document that begins a strike takes. */
interface Beginning {
  readonly strike: string;
  readonly seconds: number;
  readonly notAfter: number;
}

/** An agent may take so long to pick a command up; what begins later is refused, so that all is over at the deadline. */
const pickUpSeconds = 20;
/** So long after its deadline a strike has surely ended by itself: its last bound comes after 5 s, the rest is for clocks. */
const surelyOverMs = 60_000;
/** Some seconds: where it takes longer, it is asked again later. */
const undoLooks = 4;

/** A fault inside an instance: a document of SSM begins it, its own watch ends it, and `Chaos-Undo` undoes it. */
export function commandFault<Parameters extends { readonly minutes: number }>({
  document,
  valuesFor,
  ...own
}: Pick<LastingFault<Instances, Parameters>, 'name' | 'summary' | 'parameters'> & {
  readonly leaves: string;
  readonly document: CommandDocument;
  /** The parameters of SendCommand. */
  valuesFor(parameters: Parameters, beginning: Beginning): Record<string, string[]>;
}): LastingFault<Instances, Parameters, Saved> {
  return {
    ...own,
    kind: 'ec2-instance',
    lasts: true,
    version: 1,
    saved: Saved,
    // The ledger knows before AWS does.
    propagationMs: 0,
    ends: { by: 'target' },
    permissions: [
      { action: 'ssm:DescribeInstanceInformation', phases: ['prepare'] },
      { action: 'ssm:SendCommand', on: 'instance', phases: ['inject', 'undo'] },
      { action: 'ssm:SendCommand', ours: arnOf(document), phases: ['inject'] },
      { action: 'ssm:SendCommand', ours: arnOf(undoDocument), phases: ['undo'] },
      { action: 'ssm:GetCommandInvocation', phases: ['inject', 'undo'] },
      { action: 'ec2:DescribeInstances', phases: ['undo'] },
    ],
    unfit: ({ facts }) => managedByService(facts),

    prepare: async (aws, { id, arns }) => {
      const unfit = await unmanaged(aws, id);
      if (unfit !== undefined) return { unfit };
      const arn = arns.instance ?? '';
      return { saved: {}, locks: [arn], hits: [arn] };
    },

    inject: async (hand, { id }, parameters) => {
      const values = valuesFor(parameters, beginningOf(hand.strike, parameters));
      await hand.note({ begin: null });
      const command = await sendCommand(hand, id, document.name, values);
      await hand.note({ begin: command });
      const answer = await awaitAnswer(hand, id, command);
      const seen = begun(answer, hand.strike.id);
      if (seen === 'ours') return;
      const text = `${document.name}: ${answerText(answer)}`;
      throw seen === 'before' ? new NotInjected(text) : new Error(text);
    },

    observe: async (aws, { id }, saved, { id: strike }) => {
      if (saved.begin === undefined || saved.over === true) return 'before';
      const undone = saved.undo === undefined ? undefined : await readAnswer(aws, id, saved.undo);
      if (undone !== undefined && isUndone(undone, strike)) return 'before';
      return begun(saved.begin === null ? undefined : await readAnswer(aws, id, saved.begin), strike);
    },

    undo: async (hand, { id }, saved) => {
      const { strike } = hand;
      if (saved.begin === undefined || saved.over === true) return { outcome: 'undone' };
      let command = saved.undo;
      if (command === undefined) {
        const values = commandParameters(undoDocument, { strike: strike.id });
        const sent = await sendCommand(hand, id, undoDocument.name, values).then(
          (sentAs) => ({ sentAs }),
          (error: unknown) => ({ error }),
        );
        if ('error' in sent) return endedOtherwise(hand, id, saved, sent.error);
        command = sent.sentAs;
        await hand.note({ ...saved, undo: command });
      }
      const answer = await awaitAnswer(hand, id, command, undoLooks);
      if (answer !== undefined && isUndone(answer, strike.id)) return { outcome: 'undone' };
      if (answer === undefined && !isSurelyOver(hand)) {
        return { outcome: 'busy', why: `${undoDocument.name} has not answered yet` };
      }
      // The next attempt sends another.
      const { undo: _, ...left } = saved;
      await hand.note(left);
      const problem = new Error(`${undoDocument.name}: ${answerText(answer)}`);
      return endedOtherwise(hand, id, left, problem, answer !== undefined && isStuck(answer));
    },

    byHand: ({ id }, target) => [
      `aws ssm send-command --document-name ${undoDocument.name} --instance-ids ${target.id} --parameters Strike=${id} --region ${target.region}`,
    ],
  };
}

/** No clock is asked: a strike begins its duration before its deadline. */
function beginningOf({ id, deadline, notAfter }: StrikeRef, { minutes }: { minutes: number }): Beginning {
  const seconds = Math.floor(minutes * 60) - pickUpSeconds;
  const mustBegin = Math.min(Date.parse(deadline) - seconds * 1_000, Date.parse(notAfter));
  return { strike: id, seconds, notAfter: Math.floor(mustBegin / 1_000) };
}

/**
 * What has become of a strike that `Chaos-Undo` does not reach. It ends with its instance; and with its time, by its own watch, which needs
 * neither the agent nor us. A stop is no end: what was hibernated goes on. Throws the problem where that can be long.
 */
async function endedOtherwise(
  hand: Hand<Saved>,
  id: string,
  saved: Saved,
  problem: unknown,
  isStuck = false,
): Promise<UndoResult> {
  const state = await instanceState(hand, id);
  if (state === undefined || state === 'shutting-down' || state === 'terminated') return { outcome: 'gone' };
  if (isSurelyOver(hand) && !isStuck) {
    await hand.note({ ...saved, over: true });
    return { outcome: 'undone' };
  }
  if (state !== 'running') return { outcome: 'busy', why: `the instance is ${state}` };
  throw problem;
}

function isSurelyOver({ now, strike }: Hand<Saved>): boolean {
  return now() >= Date.parse(strike.deadline) + surelyOverMs;
}

function arnOf({ name }: CommandDocument) {
  return ({ partition, region, account }: Place) => [
    `arn:${partition}:ssm:${region}:${account}:document/${name}`,
  ];
}
