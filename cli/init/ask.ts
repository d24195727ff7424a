import type { Mistake } from '#core/util/parse.ts';
import type { Prompt } from '../terminal/prompt.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Answers, buildConfig, findMistakes } from './answers.ts';

/** Default answers. */
export interface Offered {
  /** The account of the caller's credentials, if there are any. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly timeZone: string;
}

interface Question {
  readonly key: keyof Answers;
  /** The key in the configuration that the answer determines. Mistakes elsewhere are not about this question. */
  readonly path: string;
  readonly text: string;
  readonly offer?: string | undefined;
  readonly isList: boolean;
}

/** Asks the questions that the options leave open. Repeats each until its answer is valid. */
export async function ask(
  given: Answers,
  offered: Offered,
  { prompt, terminal }: { readonly prompt: Prompt; readonly terminal: Terminal },
): Promise<Answers> {
  let answers = given;
  for (const next of [accountsQuestion, regionsQuestion, masterQuestion, timeZoneQuestion, emailsQuestion]) {
    const question = next(answers, offered);
    if (given[question.key] === undefined)
      answers = await askUntilValid(question, answers, { prompt, terminal });
  }
  return answers;
}

type Next = (answers: Answers, offered: Offered) => Question;

const accountsQuestion: Next = (_, { account }) => ({
  key: 'accounts',
  path: 'accounts',
  text: 'Which accounts may it strike in? 12-digit ids, separated by spaces',
  offer: account,
  isList: true,
});
const regionsQuestion: Next = (_, { region }) => ({
  key: 'regions',
  path: 'regions',
  text: 'Which regions? For example: eu-west-1 us-east-1',
  offer: region,
  isList: true,
});
const masterQuestion: Next = ({ accounts = [] }, { account }) => ({
  key: 'masterAccount',
  path: 'master.account',
  text: 'Which account does the monkey itself run in?',
  offer: account ?? accounts[0],
  isList: false,
});
const timeZoneQuestion: Next = (_, { timeZone }) => ({
  key: 'timeZone',
  path: 'schedule.timeZone',
  text: 'It strikes on work days from 09:00 to 16:00. In which time zone?',
  offer: timeZone,
  isList: false,
});
const emailsQuestion: Next = () => ({
  key: 'emails',
  path: 'notifications.emails',
  text: 'Whom should it notify by e-mail? Addresses, separated by spaces; empty for nobody',
  isList: true,
});

async function askUntilValid(
  { key, path, text, offer, isList }: Question,
  answers: Answers,
  { prompt, terminal }: { readonly prompt: Prompt; readonly terminal: Terminal },
): Promise<Answers> {
  const offerText = offer === undefined ? '' : ` [${offer}]`;
  for (;;) {
    const words = (await prompt.ask(`${text}${offerText}: `)).split(/[\s,]+/).filter((word) => word !== '');
    const taken = words.length === 0 && offer !== undefined ? [offer] : words;
    const candidate: Answers = { ...answers, [key]: isList ? taken : taken.join(' ') };
    const mistakes = findMistakes(buildConfig(candidate, 'not-made-yet')).filter((one) =>
      one.path.startsWith(path),
    );
    if (mistakes.length === 0) return candidate;
    terminal.note(mistakes.map(mistakeText).join('\n'));
  }
}

function mistakeText({ expected, found }: Mistake): string {
  return `  ${expected}, found ${found}`;
}
