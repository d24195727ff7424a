import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { RunId } from '#core/model/run-context.ts';
import type { ExperimentReports } from '#core/ports/experiment-reports.ts';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { messageOf } from '#core/util/error-text.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';

/** Beside the configuration, as git ignores it there. */
export const reportsFolder = '.chaos/experiments';

export interface ReportFolder extends ExperimentReports {
  /** The path of its page. */
  pageOf(id: string): string;
  /** Newest first. Files that cannot be read are left out, and named. */
  list(
    limit: number,
  ): Promise<{ readonly reports: readonly ExperimentReport[]; readonly unreadable: readonly string[] }>;
}

/** Reports of experiments that ran on this machine: for each a JSON file and a page. */
export function reportFolder(cwd: string): ReportFolder {
  const folder = resolve(cwd, reportsFolder);
  const read = async (id: string): Promise<ExperimentReport | undefined> => {
    if (!RunId.safeParse(id).success) return undefined;
    const path = join(folder, `${id}.json`);
    const text = await readFile(path, 'utf8').catch(unlessAbsent(undefined));
    return text === undefined ? undefined : parse(ExperimentReport, fromJson(text, path), path);
  };
  const pageOf = (id: string) => join(folder, `${id}.html`);
  return {
    ...{ get: read, pageOf },
    put: async (report) => {
      const { reportPage } = await import('#report-page/page.ts');
      await mkdir(folder, { recursive: true });
      const page = pageOf(report.id);
      await replace(join(folder, `${report.id}.json`), `${JSON.stringify(report, null, 2)}\n`);
      await replace(page, reportPage(report));
      return page;
    },
    list: async (limit) => {
      const names = await readdir(folder).catch(unlessAbsent([]));
      const ids = names.flatMap((name) => {
        const id = name.replace(/\.json$/, '');
        return id !== name && RunId.safeParse(id).success ? [id] : [];
      });
      const newest = ids.sort().reverse().slice(0, limit);
      const found = await Promise.all(
        newest.map((id) => read(id).catch((error: unknown) => `${id}: ${messageOf(error)}`)),
      );
      return {
        reports: found.filter((one): one is ExperimentReport => typeof one === 'object'),
        unreadable: found.filter((one): one is string => typeof one === 'string'),
      };
    },
  };
}

/** Of a file or folder that is not there. What cannot be read may be there all the same. */
function unlessAbsent<Nothing>(nothing: Nothing): (error: NodeJS.ErrnoException) => Nothing {
  return (error) => {
    if (error.code === 'ENOENT') return nothing;
    throw new Error(`${reportsFolder} cannot be read: ${messageOf(error)}`, { cause: error });
  };
}

/** Whoever reads at the same time sees the old file or the new one. */
async function replace(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (error) {
    // As on a full disk, where it would only be in the way.
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}

function fromJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(path, [{ path: '(root)', expected: 'expected JSON', found: messageOf(error) }]);
  }
}
