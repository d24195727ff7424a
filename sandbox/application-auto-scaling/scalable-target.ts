import type { ScalableDimension, ServiceNamespace } from '@aws-sdk/client-application-auto-scaling';

/** What is scaled automatically. Nothing is scaled here. */
export interface ScalableTarget {
  readonly namespace: ServiceNamespace;
  /** `table/orders`, `table/orders/index/by-customer`. */
  readonly resourceId: string;
  readonly dimension: ScalableDimension;
  readonly min: number;
  readonly max: number;
}
