import { isDeepStrictEqual } from 'node:util';
import { type CORSRule, GetBucketCorsCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { LastingFault } from '#core/model/fault.ts';
import type { Injector } from '#core/model/injector.ts';
import type { StrikeRef } from '#core/model/lasting.ts';
import type { TargetOf } from '#core/model/target.ts';
import { codeOf } from '#core/util/error-text.ts';
import type { Buckets } from '#targets/buckets/kind.ts';
import { minutes } from '../shared/minutes.ts';
import { abacPermission, ownBucket, unfitWithoutAbac, withoutAbac } from './shared/abac.ts';

const texts = z.array(z.string());
const Rule = z.strictObject({
  ID: z.string().exactOptional(),
  AllowedHeaders: texts.exactOptional(),
  AllowedMethods: texts,
  AllowedOrigins: texts,
  ExposeHeaders: texts.exactOptional(),
  MaxAgeSeconds: z.int().exactOptional(),
});
const Saved = z.strictObject({ rules: z.array(Rule) });
type Saved = z.infer<typeof Saved>;

const Parameters = z.strictObject({ minutes });

export const s3Cors: LastingFault<Buckets, z.infer<typeof Parameters>, Saved> = {
  name: 's3-cors',
  summary:
    'Replaces the CORS rules of a bucket by one for an origin that cannot exist: browsers refuse its answers.',
  kind: 's3-bucket',
  lasts: true,
  version: 1,
  parameters: Parameters,
  saved: Saved,
  propagationMs: 30_000,
  leaves: 'what browsers have cached of either answer, for as long as a rule has them (MaxAgeSeconds)',
  ends: {
    by: 'schedule',
    calls: (_strike, bucket, { rules }) => [
      {
        service: 's3',
        action: 'putBucketCors',
        input: { ...ownBucket(bucket), CORSConfiguration: { CORSRules: rules } },
      },
    ],
  },
  permissions: [
    abacPermission,
    { action: 's3:GetBucketCORS', on: 'bucket', phases: ['prepare', 'inject', 'undo'] },
    { action: 's3:PutBucketCORS', on: 'bucket', phases: ['inject', 'undo'] },
  ],

  prepare: async (aws, bucket) => {
    const unfit = await unfitWithoutAbac(aws, bucket);
    if (unfit !== undefined) return { unfit };
    const rules = await readRules(aws, bucket);
    if (rules.length === 0) return { unfit: 'it has no CORS rules' };
    const left = rules.find(({ ID = '' }) => /^Chaos[0-9a-f]{16}$/.test(ID));
    if (left !== undefined) return { unfit: `its CORS rules are those of a strike already: ${left.ID}` };
    const arn = bucket.arns.bucket ?? '';
    return { saved: { rules: [...rules] }, locks: [arn], hits: [arn] };
  },

  inject: (hand, bucket) => writeRules(hand, bucket, [ourRule(hand.strike)]),

  observe: async (aws, bucket, { rules }, strike) => {
    try {
      const now = await readRules(aws, bucket);
      if (isDeepStrictEqual(now, [ourRule(strike)])) return 'ours';
      return isDeepStrictEqual(now, rules) ? 'before' : 'other';
    } catch (error) {
      if (codeOf(error) === 'NoSuchBucket') return 'gone';
      throw error;
    }
  },

  undo: async (hand, bucket, { rules }) => {
    try {
      const now = await readRules(hand, bucket);
      if (isDeepStrictEqual(now, rules)) return { outcome: 'undone' };
      if (!isDeepStrictEqual(now, [ourRule(hand.strike)])) return { outcome: 'contested' };
      await writeRules(hand, bucket, rules);
      return { outcome: 'undone' };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'NoSuchBucket') return { outcome: 'gone' };
      if (code === 'OperationAborted')
        return { outcome: 'busy', why: 'somebody else is changing the bucket' };
      throw withoutAbac(error);
    }
  },

  byHand: (_strike, { id, region }, { rules }) => [
    `aws s3api put-bucket-abac --bucket ${id} --abac-status Status=Enabled --region ${region} # if it was disabled since: chaos_monkey needs it`,
    `aws s3api put-bucket-cors --bucket ${id} --region ${region} --cors-configuration '${JSON.stringify({ CORSRules: rules }).replaceAll("'", `'\\''`)}'`,
  ],
};

/** None is no error: it is a bucket without them. */
async function readRules(aws: Injector, bucket: TargetOf<Buckets>): Promise<Saved['rules']> {
  try {
    const { CORSRules = [] } = await aws.client(S3Client).send(new GetBucketCorsCommand(ownBucket(bucket)));
    return z.array(Rule).parse(CORSRules.map(present));
  } catch (error) {
    if (codeOf(error) === 'NoSuchCORSConfiguration') return [];
    throw error;
  }
}

/** Without members that are undefined, which JSON does not keep. */
function present(rule: CORSRule): CORSRule {
  return JSON.parse(JSON.stringify(rule));
}

async function writeRules(aws: Injector, bucket: TargetOf<Buckets>, rules: CORSRule[]): Promise<void> {
  const configuration = { ...ownBucket(bucket), CORSConfiguration: { CORSRules: rules } };
  await aws.client(S3Client).send(new PutBucketCorsCommand(configuration));
}

function ourRule({ id }: StrikeRef): Saved['rules'][number] {
  return {
    ID: `Chaos${id}`,
    AllowedMethods: ['GET'],
    // A name that is nobody's: RFC 6761.
    AllowedOrigins: [`https://${id}.invalid`],
  };
}
