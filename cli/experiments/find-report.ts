import { existsSync } from 'node:fs';
import { S3Client } from '@aws-sdk/client-s3';
import { pageLink, readReport } from '#aws/reports-bucket.ts';
import { withNotes } from '#core/experiment/with-notes.ts';
import { RunId } from '#core/model/run-context.ts';
import type { ExperimentRecord } from '#core/reports/experiment-record.ts';
import type { ExperimentReport } from '#core/reports/experiment-report.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { tableWaitText } from '../deployed/find-ledger.ts';
import { type OpenDeployment, openDeployment } from '../deployed/open-deployment.ts';
import { deploymentFlags } from '../options/deployment-options.ts';
import type { ExperimentOptions } from '../options/experiment-options.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';
import { experimentsPlace } from './deployed-experiments.ts';
import { reportFolder, reportsFolder } from './report-folder.ts';

export interface FoundReport {
  readonly report: ExperimentReport;
  /** Where its page is, for people; undefined where it could not be written. */
  readonly page: string | undefined;
  /** Options that locate the deployment where it ran: ` --region eu-west-1`, or nothing. */
  readonly flags: string;
}

/** The report of a run on this machine, else of one in AWS. Throws a `CliError` if there is none. */
export async function findReport(
  id: string,
  options: ExperimentOptions,
  context: CliContext,
): Promise<FoundReport> {
  requireRunId(id, deploymentFlags(options));
  const folder = reportFolder(context.cwd);
  const report = await folder.get(id);
  if (report !== undefined) {
    const page = folder.pageOf(id);
    return { report: withNotes(report, []), page: existsSync(page) ? page : undefined, flags: '' };
  }
  const place = await experimentsPlace(options, context);
  if (place === undefined) throw notHere(id, options);
  return deployedReport(id, await openDeployment(place, options, context), context);
}

/** Of a run that is not on this machine, where nothing else is to be asked. */
export function notHere(id: string, { local, ...options }: ExperimentOptions): CliError {
  const why = local ? '' : ', and nothing says that experiments are deployed';
  const list = `./chaos experiment list${local ? ' --local' : deploymentFlags(options)}`;
  return new CliError(
    `There is no report of ${id} in ${reportsFolder}${why}. To list those there are: ${list}`,
    exitCodes.badUsage,
  );
}

/** Throws a `CliError` for what is no id. `flags`: options that locate the deployment. */
export function requireRunId(id: string, flags = ''): void {
  if (RunId.safeParse(id).success) return;
  throw new CliError(
    `${JSON.stringify(id)} is not the id of a run, such as 20261123T090000Z-3f9a1c2b. To list them: ./chaos experiment list${flags}`,
    exitCodes.badUsage,
  );
}

/** Throws a `CliError` if there is no such run in AWS, or no report of it, or not yet. */
export async function deployedReport(
  id: string,
  { ledger, tableName, region, reportsBucket: bucket, flags }: OpenDeployment,
  { clients, terminal }: Pick<CliContext, 'clients' | 'terminal'>,
): Promise<FoundReport> {
  const failed = (text: string) => new CliError(text, exitCodes.failed);
  const waiting = new WaitNotice(terminal);
  try {
    const record = await waiting.during(tableWaitText(tableName, region), ledger.experiment(id));
    if (record === undefined) throw notOnRecord(id, tableName, flags);
    const { ended } = record;
    if (ended === undefined) {
      throw failed(`${id} is not over yet. How it stands: ./chaos experiment status ${id}${flags}`);
    }
    if (bucket === undefined) {
      throw failed(
        `It ${endText(ended)}. Where its report is cannot be told: the stack was not read, as with --table, or names no bucket of reports.`,
      );
    }
    const client = clients(S3Client, { region });
    const report = await waiting.during(`bucket ${bucket} to answer`, readReport(id, { client, bucket }));
    if (report === undefined) {
      throw failed(
        `It ${endText(ended)}. There is no report of it in ${bucket}. If the stack was deployed anew since then, it is in the bucket that the earlier one had, which was kept.`,
      );
    }
    // What people wrote since is in the ledger.
    return { report: withNotes(report, record.notes), page: pageLink(id, { bucket, region }), flags };
  } catch (error) {
    throw awsErrorMessage(error, `read the report of ${id}`);
  }
}

export function notOnRecord(id: string, table: string, flags: string): CliError {
  return new CliError(
    `There is no run ${id} in ${reportsFolder} or in table ${table}. To list those there are: ./chaos experiment list${flags}`,
    exitCodes.badUsage,
  );
}

/** Completes "It": `ended as aborted: stop by alice`. */
function endText({ verdict, why }: NonNullable<ExperimentRecord['ended']>): string {
  return `ended as ${verdict}: ${why}`;
}
