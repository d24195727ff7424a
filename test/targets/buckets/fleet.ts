import type { KindFleet } from '../../iam/kind-fleet.ts';

/** `bucket-N-ACCOUNT-REGION`, as a name is given only once; with CORS rules. */
export const fleet: KindFleet = {
  kind: 's3-bucket',
  put: (region, { number, tags }) => {
    const name = `bucket-${number}-${region.account}-${region.name}`;
    region.buckets.add({
      name,
      tags,
      abac: true,
      cors: [{ AllowedOrigins: ['*'], AllowedMethods: ['GET'] }],
    });
    return { [name]: 'recovered' };
  },
};
