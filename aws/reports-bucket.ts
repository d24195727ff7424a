import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { partitionOf, type Region } from '#core/model/aws-names.ts';
import { type ExperimentReports, reportsFolder } from '#core/ports/experiment-reports.ts';
import { ExperimentReport } from '#core/reports/experiment-report.ts';
import { InvalidInput, parse } from '#core/util/parse.ts';

/** Reports in a private bucket: each as JSON, and as a page, which people open with their own rights to it. */
export function bucketReports(parts: {
  readonly client: S3Client;
  readonly bucket: string;
  readonly region: Region;
  readonly page: (report: ExperimentReport) => string;
}): ExperimentReports {
  const { client, bucket: Bucket, region, page } = parts;
  const put = (Key: string, Body: string, ContentType: string) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
  return {
    put: async (report) => {
      await Promise.all([
        put(keyOf(report.id, 'json'), JSON.stringify(report), 'application/json'),
        put(keyOf(report.id, 'html'), page(report), 'text/html; charset=utf-8'),
      ]);
      return pageLink(report.id, { bucket: Bucket, region });
    },
    get: (id) => readReport(id, { client, bucket: Bucket }),
  };
}

/** Undefined if there is none. Throws `InvalidInput` if it cannot be read. */
export async function readReport(
  id: string,
  { client, bucket }: { readonly client: S3Client; readonly bucket: string },
): Promise<ExperimentReport | undefined> {
  const found = await client
    .send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(id, 'json') }))
    .catch((error: unknown) => {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    });
  const text = await found?.Body?.transformToString();
  if (text === undefined) return undefined;
  return parse(ExperimentReport, parseJson(text, id), `report of experiment ${id}`);
}

/** Where people open the page of a report, with their own rights to it: in the console. */
export function pageLink(
  id: string,
  { bucket, region }: { readonly bucket: string; readonly region: Region },
): string {
  const place = `https://${region}.${consoleOf(region)}/s3/object/${bucket}`;
  return `${place}?region=${region}&prefix=${keyOf(id, 'html')}`;
}

function keyOf(id: string, ending: 'json' | 'html'): string {
  return `${reportsFolder}${id}.${ending}`;
}

function consoleOf(region: Region): string {
  const partition = partitionOf(region);
  if (partition === 'aws-cn') return 'console.amazonaws.cn';
  return partition === 'aws-us-gov' ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}

function parseJson(text: string, id: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mistake = { path: '(root)', expected: 'expected JSON', found: `${text.length} characters` };
    throw new InvalidInput(`report of experiment ${id}`, [mistake], { cause: error });
  }
}
