import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { reportPage } from '#report-page/page.ts';
import { openChromium } from '../test/support/chromium.ts';
import { sampleReports } from '../test/support/sample-reports.ts';

/**
 * Draws the pictures of reports in the docs with the chromium on the path: `npx node bench/report-pictures.ts`. With a folder, draws
 * every sample there, wide and narrow, light, dark and as a print, to be looked at.
 */
const folder = process.argv[2];
const docs = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const looks = [
  { name: 'wide', width: 1280 },
  { name: 'narrow', width: 390 },
] as const;

const pages = mkdtempSync(join(tmpdir(), 'report-pictures-'));
const browser = await openChromium();
try {
  if (folder === undefined) await drawDocs(browser);
  else await drawAll(browser, folder);
} finally {
  await browser.close();
  rmSync(pages, { recursive: true });
}

/** From the verdict to the first chart. */
async function drawDocs(by: Browser): Promise<void> {
  mkdirSync(docs, { recursive: true });
  await draw(
    by,
    'survived',
    { width: 1_040, height: 1_480, dark: false },
    join(docs, 'experiment-survived.png'),
  );
  await draw(
    by,
    'deviated',
    { width: 390, height: 2_280, dark: true },
    join(docs, 'experiment-deviated.png'),
  );
}

async function drawAll(by: Browser, to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  for (const name of Object.keys(sampleReports) as (keyof typeof sampleReports)[]) {
    for (const { name: look, width } of looks) {
      for (const dark of [false, true]) {
        await draw(by, name, { width, dark }, join(to, `${name}-${look}-${dark ? 'dark' : 'light'}.png`));
      }
    }
    const page = await open(by, name, { width: 1280, dark: true });
    await page.pdf({
      path: join(to, `${name}.pdf`),
      format: 'A4',
      margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' },
    });
    await page.close();
  }
}

interface Look {
  readonly width: number;
  /** Of the picture; undefined: the whole page. */
  readonly height?: number;
  readonly dark: boolean;
}

async function draw(by: Browser, name: keyof typeof sampleReports, look: Look, path: string): Promise<void> {
  const page = await open(by, name, look);
  const { width, height } = look;
  const part = height === undefined ? {} : { clip: { x: 0, y: 0, width, height } };
  await page.screenshot({ path, fullPage: true, ...part });
  await page.close();
  console.log(path);
}

async function open(by: Browser, name: keyof typeof sampleReports, { width, dark }: Look) {
  const file = join(pages, `${name}.html`);
  writeFileSync(file, reportPage(sampleReports[name]()));
  const page = await by.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
  });
  await page.goto(pathToFileURL(file).href);
  return page;
}
