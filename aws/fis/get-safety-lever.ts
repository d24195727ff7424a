import { makeBuilder, type SmithyResolvedConfiguration } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type {
  HttpHandlerOptions,
  MetadataBearer,
  StaticOperationSchema,
  StaticStructureSchema,
} from '@smithy/types';
import { namespace } from './client.ts';
import { endpointParameters } from './endpoint.ts';

export interface GetSafetyLeverRequest {
  readonly id: string;
}
export interface GetSafetyLeverResponse {
  readonly safetyLever?: {
    readonly id?: string;
    readonly arn?: string;
    readonly state?: { readonly status?: string; readonly reason?: string };
  };
}

// In the format of the SDK's generator: 3 is a structure, 9 an operation, 0 a string, and [0, 1] a string in the path.
const request: StaticStructureSchema = [3, namespace, 'GetSafetyLeverRequest', 0, ['id'], [[0, 1]]];
const state: StaticStructureSchema = [3, namespace, 'SafetyLeverState', 0, ['status', 'reason'], [0, 0]];
const lever: StaticStructureSchema = [
  3,
  namespace,
  'SafetyLever',
  0,
  ['id', 'arn', 'state'],
  [0, 0, () => state],
];
const response: StaticStructureSchema = [
  3,
  namespace,
  'GetSafetyLeverResponse',
  0,
  ['safetyLever'],
  [() => lever],
];
const operation: StaticOperationSchema = [
  9,
  namespace,
  'GetSafetyLever',
  { http: ['GET', '/safetyLevers/{id}', 200] },
  () => request,
  () => response,
];

const command = makeBuilder<SmithyResolvedConfiguration<HttpHandlerOptions>, object, MetadataBearer>(
  endpointParameters,
  'FaultInjectionSimulator',
  'FisClient',
  getEndpointPlugin,
);

/** Source: FIS API reference, GetSafetyLever. */
export class GetSafetyLeverCommand extends command<
  GetSafetyLeverRequest,
  GetSafetyLeverResponse & MetadataBearer
>({}, () => [], 'GetSafetyLever', operation) {}
