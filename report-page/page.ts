import { verdictWords } from '#core/experiment/wording/verdict-words.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { clockIn } from './clock.ts';
import { drawn, html } from './markup.ts';
import { nextSection } from './sections/next.ts';
import { probesSection } from './sections/probes.ts';
import { strikesSection } from './sections/strikes.ts';
import { timelineSection } from './sections/timeline.ts';
import { verdictSection } from './sections/verdict.ts';
import { aboutSection, failuresSection, notesSection } from './sections/words.ts';
import { style } from './style/style.ts';

/** No script, no font, no picture from anywhere, and nothing to send: even markup that got through could do nothing. */
const policy = drawn("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'");

/** A report as one HTML page that opens anywhere and asks for nothing else. */
export function reportPage(report: ExperimentReport): string {
  const clock = clockIn(report.timeZone);
  const { word } = verdictWords(report.verdict);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${word}: ${report.title}</title>
<style>${style}</style>
</head>
<body>
<main>
${verdictSection(report, clock)}
${nextSection(report)}
${probesSection(report, clock)}
${strikesSection(report, clock)}
${timelineSection(report, clock)}
${notesSection(report, clock)}
${failuresSection(report)}
${aboutSection(report, clock)}
</main>
</body>
</html>
`;
  return page.html;
}
