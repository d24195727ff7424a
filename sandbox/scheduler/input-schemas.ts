import { UpdateApiRequest$ } from '@aws-sdk/client-apigatewayv2';
import { UpdateTableInput$ } from '@aws-sdk/client-dynamodb';
import { DetachRolePolicyRequest$ } from '@aws-sdk/client-iam';
import {
  DeleteFunctionConcurrencyRequest$,
  PutFunctionConcurrencyRequest$,
  UpdateEventSourceMappingRequest$,
  UpdateFunctionConfigurationRequest$,
} from '@aws-sdk/client-lambda';
import { PutBucketCorsRequest$ } from '@aws-sdk/client-s3';
import type { StaticStructureSchema } from '@smithy/types';

/** The calls that a schedule can make in the sandbox, with the SDK's schema of each input. */
export const inputSchemas: Readonly<Record<string, StaticStructureSchema>> = {
  'apigateway:UpdateApi': UpdateApiRequest$,
  'dynamodb:UpdateTable': UpdateTableInput$,
  'iam:DetachRolePolicy': DetachRolePolicyRequest$,
  'lambda:DeleteFunctionConcurrency': DeleteFunctionConcurrencyRequest$,
  'lambda:PutFunctionConcurrency': PutFunctionConcurrencyRequest$,
  'lambda:UpdateEventSourceMapping': UpdateEventSourceMappingRequest$,
  'lambda:UpdateFunctionConfiguration': UpdateFunctionConfigurationRequest$,
  's3:PutBucketCors': PutBucketCorsRequest$,
};
