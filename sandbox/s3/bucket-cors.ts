import type {
  CORSRule,
  DeleteBucketCorsRequest,
  GetBucketCorsOutput,
  GetBucketCorsRequest,
  PutBucketCorsRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../service.ts';
import { s3Error } from './errors.ts';
import { bucketAccess, bucketInputs, findBucket } from './find-bucket.ts';

/** Source: S3 User Guide, "Elements of a CORS configuration". */
const maxRules = 100;
const methods = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);

export const getBucketCors: Operation<GetBucketCorsRequest, GetBucketCorsOutput> = {
  action: 's3:GetBucketCors',
  inputs: bucketInputs,
  requires: (input, scope) => [bucketAccess('s3:GetBucketCORS', input, scope)],
  run: (input, scope) => {
    const rules = findBucket(input, scope).corsAt(scope.now);
    if (rules === undefined) {
      throw s3Error('NoSuchCORSConfiguration', 'The CORS configuration does not exist', 404);
    }
    return { CORSRules: structuredClone([...rules]) };
  },
};

export const putBucketCors: Operation<PutBucketCorsRequest, object> = {
  action: 's3:PutBucketCors',
  inputs: [...bucketInputs, 'CORSConfiguration', 'ChecksumAlgorithm'],
  requires: (input, scope) => [bucketAccess('s3:PutBucketCORS', input, scope)],
  run: (input, scope) => {
    const bucket = findBucket(input, scope);
    const rules = input.CORSConfiguration?.CORSRules ?? [];
    if (rules.length === 0 || rules.length > maxRules) {
      throw s3Error('MalformedXML', 'The XML you provided was not well-formed');
    }
    for (const rule of rules) checkRule(rule);
    bucket.setCors(rules, scope.now);
    return {};
  },
};

export const deleteBucketCors: Operation<DeleteBucketCorsRequest, object> = {
  action: 's3:DeleteBucketCors',
  inputs: bucketInputs,
  // "To use this operation, you must have permission to perform the s3:PutBucketCORS action": API reference, DeleteBucketCors.
  requires: (input, scope) => [bucketAccess('s3:PutBucketCORS', input, scope)],
  run: (input, scope) => {
    findBucket(input, scope).setCors(undefined, scope.now);
    return {};
  },
};

function checkRule({ AllowedMethods = [], AllowedOrigins = [], AllowedHeaders = [] }: CORSRule): void {
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) {
    throw s3Error('MalformedXML', 'The XML you provided was not well-formed');
  }
  const method = AllowedMethods.find((each) => !methods.has(each));
  if (method !== undefined) {
    throw s3Error(
      'InvalidRequest',
      `Found unsupported HTTP method in CORS config. Unsupported method is ${method}`,
    );
  }
  const wild = [...AllowedOrigins, ...AllowedHeaders].find((each) => each.split('*').length > 2);
  if (wild !== undefined) {
    throw s3Error('InvalidRequest', `AllowedOrigin "${wild}" can not have more than one wildcard.`);
  }
}
