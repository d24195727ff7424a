import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { junitXml } from '#core/experiment/junit.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { reportPage } from '#report-page/page.ts';
import { findChromium, openChromium, sayWithoutChromium } from '../support/chromium.ts';
import { sampleReports } from '../support/sample-reports.ts';
import { anEnormousReport, hostileTexts, withHostileTexts } from './hostile.ts';

const available = findChromium() !== undefined;
if (!available) sayWithoutChromium('reports of experiments in a browser');

let browser: Browser;
let folder: string;
beforeAll(async () => {
  if (available) browser = await openChromium();
  folder = mkdtempSync(join(tmpdir(), 'report-page-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  if (available) await browser.close();
});

interface Opened {
  readonly page: Page;
  /** What it said on its console, errors included, and asked for beside itself. */
  readonly said: readonly string[];
}

async function open(html: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const file = join(folder, `${Math.random()}.html`);
  writeFileSync(file, html);
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const address = pathToFileURL(file).href;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => {
    if (request.url() !== address) said.push(request.url());
  });
  await page.goto(address);
  return { page, said };
}

/** The widths of the page and of what it needs. */
const widths = (page: Page) =>
  page.evaluate('[document.documentElement.clientWidth, document.documentElement.scrollWidth]');

/** Sizes of visible labels in charts, in px of the screen. */
const labelSizes = (page: Page): Promise<readonly number[]> =>
  page.evaluate(`[...document.querySelectorAll('svg text')]
    .filter((text) => getComputedStyle(text).display !== 'none')
    .map((text) => parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.d ?? 1))`);

const reports: readonly (readonly [string, ExperimentReport])[] = [
  ...Object.entries(sampleReports).map(([name, make]) => [name, make()] as const),
  ['hostile', withHostileTexts(sampleReports.deviated())],
  ['enormous', anEnormousReport()],
];

describe('the size of the page of a report', () => {
  test('stays below 1 MB even where all texts of that are of the worst kind', () => {
    const enormous = anEnormousReport();
    for (const from of hostileTexts.keys()) {
      expect(Buffer.byteLength(reportPage(withHostileTexts(enormous, from)))).toBeLessThan(1_000_000);
    }
  });
});

describe.runIf(available)('the page of a report, in a browser', () => {
  test.each(reports)(
    'asks for nothing, says nothing, and shows a chart of each probe: %s',
    async (_name, report) => {
      const { page, said } = await open(reportPage(report), 1_280);
      await page.waitForLoadState('networkidle');
      expect(said).toEqual([]);
      const charts: unknown = await page.evaluate(
        `[...document.querySelectorAll('svg.chart')].map((chart) => chart.getBoundingClientRect())
        .filter(({ width, height }) => width > 500 && height > 100).length`,
      );
      expect(charts).toBe(report.probes.length);
      await page.close();
    },
  );

  test.each(reports)('fits a phone, with labels that can be read: %s', async (_name, report) => {
    for (const width of [390, 320]) {
      const { page } = await open(reportPage(report), width);
      expect(await widths(page)).toEqual([width, width]);
      expect(Math.min(...(await labelSizes(page)))).toBeGreaterThanOrEqual(10);
      await page.close();
    }
  });

  test('shows all columns of its phases on a phone, and marks a box that scrolls', async () => {
    const long = { good: 123_500, bad: 12_120, unmeasured: 1_010, p50: 345.6, p95: 1_321.9 };
    const { probes, ...report } = sampleReports.survived();
    const phases = (['baseline', 'fault', 'recovery'] as const).map((is) => ({ ...long, is, stage: 2 }));
    const staged = {
      ...{ ...report, stages: { reached: 2, planned: 2 } },
      probes: probes.map((probe) => ({ ...probe, phases })),
    };
    const { page } = await open(reportPage(staged), 390);
    // The last is the widest that a phone may have.
    for (const font of ['', '"Liberation Sans"', '"DejaVu Sans"', 'Verdana, "DejaVu Sans"']) {
      await page.evaluate(`document.body.style.fontFamily = ${JSON.stringify(font)}`);
      const hidden = await page.evaluate(
        `[...document.querySelectorAll('.scroll')].filter((box) => box.textContent.startsWith('By phase'))
          .map((box) => box.scrollWidth - box.clientWidth)`,
      );
      expect(hidden, font).toEqual(staged.probes.map(() => 0));
    }
    const sign = `getComputedStyle(document.querySelector('.scroll')).backgroundAttachment`;
    expect(await page.evaluate(sign)).toBe('local, local, scroll, scroll');
    await page.close();
  });

  test.each(reports)('keeps the labels of the time axis apart: %s', async (_name, report) => {
    for (const width of [390, 768, 1_280]) {
      const { page } = await open(reportPage(report), width);
      const overlaps = await page.evaluate(`(() => {
        const chart = document.querySelector('svg.chart');
        // Shapes in a use have no boxes of their own: measured as a copy.
        const copy = chart.cloneNode(true);
        copy.querySelector('use[href="#times"]').replaceWith(document.querySelector('#times').cloneNode(true));
        chart.replaceWith(copy);
        const boxes = [...copy.querySelectorAll('#times text')]
          .map((text) => text.getBoundingClientRect()).filter(({ width }) => width > 0);
        return boxes.filter((a, i) => boxes.some((b, j) => i < j
          && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom - 2 && b.top + 2 < a.bottom - 2)).length;
      })()`);
      expect([width, overlaps]).toEqual([width, 0]);
      await page.close();
    }
  });

  test.each(['light', 'dark'] as const)(
    'has enough contrast for all text on its own ground: %s',
    async (scheme) => {
      for (const [, report] of reports.slice(0, -2)) {
        const { page } = await open(reportPage(report), 1_280, scheme);
        expect(await page.evaluate(poorContrasts)).toEqual([]);
        await page.close();
      }
    },
  );

  test('can be walked by keyboard: links, data and boxes that scroll', async () => {
    const { page } = await open(reportPage(sampleReports.survived()), 390);
    const reached = new Set<unknown>();
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press('Tab');
      reached.add(
        await page.evaluate('document.activeElement.className || document.activeElement.localName'),
      );
    }
    expect([...reached]).toEqual(expect.arrayContaining(['a', 'summary', 'scroll']));
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).not.toBe('none');
  });

  test('names its charts, tables and headings to those who do not see them', async () => {
    const { page } = await open(reportPage(sampleReports.survived()), 390);
    const image = page.getByRole('img', { name: 'page over time' });
    expect(await image.count()).toBe(1);
    // Still a table where its rows look like cards.
    expect(await page.getByRole('table', { name: 'All probes, and what they found' }).count()).toBe(1);
    expect(await page.getByRole('cell', { name: '12 of 1,500 (0.8 %)' }).count()).toBe(1);
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    await page.close();
  });

  test('is printed in light colors, with its charts', async () => {
    const { page } = await open(reportPage(sampleReports.survived()), 1_280, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.close();
  });

  test.each(Object.entries(sampleReports))(
    'JUnit XML is well-formed for a real parser, whatever the texts: %s',
    async (_name, make) => {
      const report = make();
      const page = await browser.newPage();
      const judged = report.probes.filter(({ tolerance }) => tolerance !== undefined).length;
      for (const from of hostileTexts.keys()) {
        const xml = JSON.stringify(junitXml(withHostileTexts(report, from)));
        const parsed = await page.evaluate(`(() => {
          const parsed = new DOMParser().parseFromString(${xml}, 'application/xml');
          return [parsed.querySelector('parsererror')?.textContent ?? '', parsed.querySelectorAll('testcase').length];
        })()`);
        expect(parsed).toEqual(['', judged + 1]);
      }
      await page.close();
    },
  );
});

/** Texts in HTML whose contrast with the ground that they are on is below 4.5. Source: WCAG 2.2, 1.4.3. */
const poorContrasts = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = numbers(getComputedStyle(at).backgroundColor);
      if (color[3] !== 0) return color;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('body *:not(svg *)')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((element) => {
      const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
    })
    .map((element) => element.outerHTML.slice(0, 100));
})()`;
