import { NoSuchKey, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { makeClients } from '#aws/clients/clients.ts';
import type { TransportCall } from '#aws/clients/transport.ts';
import { bucketReports } from '#aws/reports-bucket.ts';
import { anExperimentReport } from '../support/an-experiment-report.ts';
import { instantClock } from '../support/instant-clock.ts';
import { recordingTransport } from '../support/recording-transport.ts';

const report = anExperimentReport();

function aBucket(answer: (call: TransportCall) => object = () => ({})) {
  const { transport, calls } = recordingTransport(answer);
  const clients = makeClients({ clock: instantClock(), concurrency: 2, transport });
  const reports = bucketReports({
    client: clients(S3Client, { region: 'eu-west-1', patienceMs: 0 }),
    ...{ bucket: 'reports', region: 'eu-west-1', page: ({ title }) => `<title>${title}</title>` },
  });
  return { reports, calls };
}

const text = (body: string) => ({ Body: { transformToString: async () => body } });

test('keeps a report as JSON and as a page, and says where people open it', async () => {
  const { reports, calls } = aBucket();
  const page = await reports.put(report);
  expect(calls.map(({ action, input }) => [action, input.Bucket, input.Key, input.ContentType])).toEqual([
    ['s3:PutObject', 'reports', `experiments/${report.id}.json`, 'application/json'],
    ['s3:PutObject', 'reports', `experiments/${report.id}.html`, 'text/html; charset=utf-8'],
  ]);
  expect(JSON.parse(String(calls[0]?.input.Body))).toEqual(report);
  expect(page).toBe(
    `https://eu-west-1.console.aws.amazon.com/s3/object/reports?region=eu-west-1&prefix=experiments/${report.id}.html`,
  );
});

test('gives back what it keeps', async () => {
  const { reports } = aBucket(() => text(JSON.stringify(report)));
  expect(await reports.get(report.id)).toEqual(report);
});

test('there may be none, or one that nobody can read', async () => {
  const none = aBucket(() => {
    throw new NoSuchKey({ message: 'none', $metadata: { httpStatusCode: 404 } });
  });
  expect(await none.reports.get(report.id)).toBeUndefined();
  for (const body of ['<html>', '{"schemaVersion":2}']) {
    await expect(aBucket(() => text(body)).reports.get(report.id)).rejects.toThrow(
      `report of experiment ${report.id}`,
    );
  }
});
