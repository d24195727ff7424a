import { counted } from '#core/util/format.ts';
import type { Place } from './bench.ts';
import type { Answer, Fact, Verdict } from './fact.ts';
import type { FactResult, Verification } from './run-facts.ts';

/** What is about to happen, what it creates, and what it costs: for somebody who has never heard of it. */
export function planText(
  facts: readonly Fact[],
  place: Pick<Place, 'region' | 'isSandbox'> & { readonly account: string },
): string {
  const checks = facts.flatMap(({ check }) => (check === undefined ? [] : [check]));
  const minutes = Math.max(0, ...checks.map((check) => check.minutes));
  const cents = checks.reduce((sum, check) => sum + check.cents, 0);
  const where = place.isSandbox ? 'in the sandbox' : `in account ${place.account}, ${place.region}`;
  return [
    `Checks ${counted(facts.length, 'fact')} about AWS that faults rest on, ${where}.`,
    ...facts.map(
      ({ name, check }) => `  ${name.padEnd(nameWidth)}  ${check?.creates.join(', ') ?? 'not tried'}`,
    ),
    '',
    'It creates only what is listed, calls it chaos-verify-..., and tags it chaos:verify=true where it can.',
    'Of anything else it changes nothing. In the end it removes all of it, after Ctrl-C too.',
    place.isSandbox
      ? 'Nothing real is touched, and it costs nothing.'
      : `It takes up to ${2 * minutes} minutes, and costs at most ${Math.ceil(cents)} US cents.`,
    ...(place.isSandbox ? [] : ['Use a sandbox account, and credentials of an administrator.']),
  ].join('\n');
}

const nameWidth = 37;
const answerWidth = 13;

/** A line for a fact, as soon as it is known. */
export function factText({ name, answer, saw }: Pick<FactResult, 'name'> & Verdict): string {
  return `${answer.padEnd(answerWidth)}  ${name.padEnd(nameWidth)}  ${saw}`;
}

export function summaryText({ facts, left, isSandbox }: Verification): string {
  const count = (answer: Answer) => facts.filter((one) => one.answer === answer).length;
  return [
    `${isSandbox ? `${count('ran')} ran` : `${count('holds')} hold`}, ${count('does not hold')} do not hold, ${count('not tried')} not tried.`,
    ...facts
      .filter(({ answer }) => answer === 'does not hold')
      .map(({ name, claim }) => `  ${name}: it was assumed that: ${claim}`),
    left.length === 0
      ? 'Everything that was created has been removed.'
      : `NOT REMOVED, remove it by hand:\n${left.map((one) => `  ${one}`).join('\n')}`,
    ...(isSandbox
      ? ['This was the sandbox, our model of AWS: it shows that the checks run, and says nothing about AWS.']
      : []),
  ].join('\n');
}

/** 1 if a fact does not hold, if none was tried, or not one of `only`, or if something is left. */
export function exitCodeOf({ facts, left }: Verification, only: readonly string[] = []): 0 | 1 {
  const untried = facts.filter(({ answer }) => answer === 'not tried');
  const isMissed = untried.length === facts.length || untried.some(({ name }) => only.includes(name));
  return left.length > 0 || isMissed || facts.some(({ answer }) => answer === 'does not hold') ? 1 : 0;
}
