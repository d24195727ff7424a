import type { Fault } from '../../../model/fault.ts';
import { oneLine } from '../../../util/format.ts';
import type { Known } from '../known.ts';
import { placeholder, placeholderHost } from '../placeholder.ts';
import { findSubject } from './find-subject.ts';
import { amountsLeft, type Guess, guessFault, shareIn } from './questions.ts';

/** What is known of the one who asks. */
export interface Facts extends Pick<Known, 'faults' | 'kinds'> {
  /** The hosts that the configuration allows probes to ask. */
  readonly hosts: readonly string[];
  /** Where the JSON Schema is, as seen from the file. */
  readonly schema: string;
}

/**
 * Writes the file of an experiment that answers a question: `what if listImages is 300 ms slower?`. What only a person can decide has
 * a comment, or a placeholder, with which no file is read.
 */
export function initExperiment(question: string, facts: Facts): string {
  const guess = guessFault(question, (name) => facts.faults.get(name)?.kind);
  const { fault: name } = guess;
  const fault = facts.faults.get(name);
  if (fault === undefined) throw new Error(`there is no fault ${name}`);
  const kinds = facts.kinds.find(({ kind }) => kind === fault.kind)?.groupKinds ?? [];
  const subject = findSubject(question);
  const { parameters, select, notes } = withShare(guess, fault, question);
  const isGuess = guess.guessed === 'fault';
  const asked = oneLine(question, 200);
  const [, condition = isGuess ? '' : fault.summary] = /\bif (.*?)[\s?!.\u2026]*$/i.exec(asked) ?? [];
  const host = facts.hosts.find((one) => !one.startsWith('*')) ?? placeholderHost;
  return `# yaml-language-server: $schema=${facts.schema}
version: chaos/v1
title: ${quoted(asked.replace(/^\w/, (letter) => letter.toUpperCase()))}

# A sentence that can turn out to be wrong: what is done, and what users notice of it at most.
hypothesis:
  if: ${quoted(condition || placeholder)}
  then: ${quoted('95 in 100 requests still succeed within 800 ms')}
# Who acts on the answer.
owner: ${placeholder}

# How users see that all is well. Measure where they are, not where the fault is.
steadyState:
  baseline: 60s
  probes:
    - name: page
      type: http
      url: https://${host}/
      # The more samples, the smaller the share of bad ones that is noticed.
      every: 200ms
      # What users put up with.
      expect: { status: 200, latency: 800ms }
      tolerance: { bad: 5% }

method:
  - name: strike
${[...notes, ...(isGuess ? [guessNote(name)] : [])].map((note) => `    # ${note}\n`).join('')}    fault: ${isGuess ? placeholder : name}
${isGuess ? '' : parametersText(fault, parameters, guess.guessed)}    target:
      kind: ${kinds[0]}
${subject?.isGuess ? `      # Perhaps ${subject.name}: the question may be about something else.\n` : ''}      names: [${quoted(subject === undefined || subject.isGuess ? placeholder : subject.name)}]
      # The blast radius. Begin small: a ramp grows it.
      select: ${select}
${timeText(fault)}
# What aborts it beside a deviation, and \`./chaos experiment stop\`: alarms that mean harm.
stopConditions: []

# How long after the fault all must be well again.
recovery: { within: 5m }
`;
}

/** A share is the blast radius, or a parameter. What else is an amount, nobody has understood. */
function withShare(
  { parameters, used, notes = [] }: Guess,
  { name, parameters: schema }: Fault,
  question: string,
): { readonly parameters: Guess['parameters']; readonly select: string; readonly notes: readonly string[] } {
  const share = shareIn(question);
  const shared = { ...parameters, ...(share && { percent: share.percent }) };
  const isSelected = share?.isOfTargets === true && share.percent > 0 && share.percent <= 100;
  const isParameter = share?.isOfTargets === false && schema.safeParse(shared).success;
  const understood = [used ?? [], isSelected || isParameter ? share.used : []].flat();
  const left = amountsLeft(question, understood).map((one) => oneLine(one, 40));
  const note = `Of the question, not in here: ${left.join(', ')}. ${name} may have a parameter for it.`;
  return {
    parameters: isParameter ? shared : parameters,
    select: isSelected ? `{ percent: ${share.percent} }` : '{ count: 1 }',
    notes: left.length === 0 ? notes : [...notes, note],
  };
}

function guessNote(name: string): string {
  return `The question does not say what is done, or to what. Perhaps ${name}: docs/faults.md lists all faults.`;
}

function parametersText(
  { parameters }: Fault,
  given: Readonly<Record<string, unknown>>,
  guessed: readonly string[] = [],
): string {
  const { minutes: _, ...all } = Object(parameters.parse(given));
  const entries = Object.entries(all).filter(([, value]) => value !== null);
  if (entries.length === 0) return '';
  return `    parameters:\n${entries.map(([key, value]) => `      ${key}: ${guessed.includes(key) ? placeholder : JSON.stringify(value)}\n`).join('')}`;
}

function timeText({ lasts }: Fault): string {
  return lasts
    ? '    # It is undone afterwards.\n    duration: 5m\n'
    : '    # It is done once, and cannot be undone: how long is watched afterwards.\n    observe: 5m\n';
}

/** JSON's texts are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
