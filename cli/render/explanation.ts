import { inZone, momentText } from '#core/messages/moment-text.ts';
import { recoveryText } from '#core/messages/report-sections.ts';
import type { ExplainedStrike, Explanation } from '#core/reports/explanation.ts';
import { counted } from '#core/util/format.ts';
import { shellWord } from '#core/util/shell-word.ts';
import type { Paint } from '../terminal/terminal.ts';
import { line, paragraphs, type Section, titled } from './layout.ts';
import { deriveVerdict, targetGuards, type Verdict } from './verdict.ts';

/** Shows everything known about a group. The verdict comes last, where users look first. */
export function explanationText(explanation: Explanation, paint: Paint): string {
  const {
    group,
    at,
    day,
    timeZone,
    leashed,
    gates,
    rate,
    draws,
    guards,
    budgets,
    strikes,
    failures,
    elsewhere,
  } = explanation;
  /** Converts times to the schedule's zone. */
  const localized = (text: string) => inZone(line(text), timeZone);
  const indented = (text: string) => `  ${localized(text)}`;
  const mark = (isGood: boolean) => (isGood ? paint('green', '✓') : paint('red', '✗'));
  const row = (isGood: boolean, name: string, text: string) =>
    `${mark(isGood)} ${localized(name).padEnd(23)}  ${localized(text)}`;
  const sections: readonly Section[] = [
    [
      `${paint('bold', line(group))} at ${localized(at)}, day ${day}`,
      ...(leashed ? [paint('cyan', 'Leashed by configuration: nothing is touched.')] : []),
    ],
    [paint('bold', 'Gates'), ...gates.map(({ gate, open, text }) => `  ${row(open, gate, text)}`)],
    [
      paint('bold', `Rate: ${line(rate)}`),
      ...draws.map(
        ({ slot, strikes, text }) =>
          `  ${row(strikes, slot === undefined ? 'no slot today' : momentText(slot, timeZone), text)}`,
      ),
    ],
    [
      paint('bold', 'Guards'),
      ...guards
        .filter(({ targetId }) => targetId === undefined)
        .map(({ code, passes, saw }) => `  ${row(passes, code, saw)}`),
    ],
    ...[...targetGuards(explanation)].map(([id, all]) => [
      `${paint('bold', line(id))} ${all.every(({ passes }) => passes) ? 'could be struck' : 'is spared'}`,
      ...all.map(({ code, passes, saw }) => `  ${row(passes, code, saw)}`),
    ]),
    titled(
      paint('bold', 'Budgets'),
      budgets.map(({ text, used, max }) => `  ${row(used < max, `${used} used`, text)}`),
    ),
    [
      paint('bold', 'Last strikes'),
      ...(strikes.length === 0
        ? ['  none']
        : strikes.flatMap((strike) => strikeLines(strike, localized, paint))),
    ],
    titled(paint(['bold', 'red'], 'Could not be inspected'), failures.map(indented)),
    titled(paint('bold', 'Elsewhere, where another group of that name may exist'), elsewhere.map(indented)),
    verdictLines(deriveVerdict(explanation), explanation, localized, paint),
  ];
  return paragraphs(sections);
}

function strikeLines(
  strike: ExplainedStrike,
  localized: (text: string) => string,
  paint: Paint,
): readonly string[] {
  const { at, target, fault, state, detail, runId, recovery } = strike;
  const recoveryPart = recovery === undefined ? '' : `; ${recovery.outcome} ${recoveryText(recovery)}`;
  return [
    `  ${line(target.id)}  ${localized(at)}  ${line(fault)}: ${state}${detail === '' ? '' : `, ${line(detail)}`}${localized(recoveryPart)}`,
    paint('dim', `    run ${line(runId)}`),
  ];
}

function verdictLines(
  { against, onlyTheDraw, eligible }: Verdict,
  { group, leashed }: Explanation,
  localized: (text: string) => string,
  paint: Paint,
): Section {
  const [first, ...others] = against;
  if (first === undefined) {
    const choice = `${counted(eligible.length, 'target')} to choose from`;
    return [
      leashed
        ? paint(['bold', 'cyan'], `Could be struck now if it were not leashed: ${choice}`)
        : paint(['bold', 'red'], `Could be struck now: ${choice}`),
    ];
  }
  const rest = others.length === 0 ? '' : ` (and ${counted(others.length, 'more reason')})`;
  return [
    paint(['bold', 'green'], `Spared now: ${localized(first)}${rest}`),
    ...(onlyTheDraw ? [`To skip the draw: ./chaos run --group ${shellWord(line(group))} --force`] : []),
  ];
}
