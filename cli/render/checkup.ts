import { counted } from '#core/util/format.ts';
import type { Finding, Level } from '../doctor/finding.ts';
import type { Paint, Style } from '../terminal/terminal.ts';

const marks: Readonly<Record<Level, { readonly mark: string; readonly style: Style }>> = {
  ok: { mark: '✓', style: 'green' },
  warn: { mark: '!', style: 'yellow' },
  fail: { mark: '✗', style: 'red' },
  unknown: { mark: '?', style: 'yellow' },
};

const nameWidth = 13;

/** A line for each check, with the remedy below it. The summary comes last, where users look first. */
export function checkupText(findings: readonly Finding[], paint: Paint): string {
  return [
    ...findings.flatMap(({ check, level, text, help }) => {
      const { mark, style } = marks[level];
      return [
        `${paint(style, mark)} ${check.padEnd(nameWidth)}  ${text}`,
        ...help.map((one) => `${' '.repeat(nameWidth + 4)}${one}`),
      ];
    }),
    '',
    summary(findings, paint),
  ].join('\n');
}

function summary(findings: readonly Finding[], paint: Paint): string {
  const count = (level: Level) => findings.filter((one) => one.level === level).length;
  const [failed, warned, unknown] = [count('fail'), count('warn'), count('unknown')];
  const rest = [
    ...(warned > 0 ? [`${counted(warned, 'warning')}`] : []),
    ...(unknown > 0 ? [`${unknown} could not be checked`] : []),
  ];
  const others = rest.length === 0 ? '' : `; ${rest.join(', ')}`;
  if (failed > 0) {
    const text = `${counted(failed, 'problem')} to fix before it can strike${others}`;
    return paint(['bold', 'red'], text);
  }
  return paint('bold', `Found nothing that prevents a strike${others}`);
}
