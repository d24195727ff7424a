import { describe, expect, test } from 'vitest';
import { FisClient } from '#aws/fis/client.ts';
import { GetSafetyLeverCommand } from '#aws/fis/get-safety-lever.ts';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { aSandbox, master, region, target } from '../a-sandbox.ts';

const get = () => new GetSafetyLeverCommand({ id: 'default' });
const arn = `arn:aws:fis:${region}:${target}:safety-lever/default`;

// moto does not know the call: these are held to the API reference, GetSafetyLever.
describe('GetSafetyLever', () => {
  test('finds a lever in every account and region, disengaged until it is engaged', async () => {
    const { clients, home, assume } = aSandbox();
    const session = await assume();
    const fis = clients(FisClient, session);
    expect(await fis.send(get())).toMatchObject({
      safetyLever: { id: 'default', arn, state: { status: 'disengaged' } },
    });
    home.safetyLever('engaged', 'Black Friday');
    expect(await fis.send(get())).toMatchObject({
      safetyLever: { id: 'default', arn, state: { status: 'engaged', reason: 'Black Friday' } },
    });
    for (const scope of [{ region }, { ...session, region: 'us-east-1' }]) {
      expect(await clients(FisClient, scope).send(get())).toMatchObject({
        safetyLever: { state: { status: 'disengaged' } },
      });
    }
  });

  test('knows no other lever', async () => {
    const { clients } = aSandbox();
    await expect(
      clients(FisClient, { region }).send(new GetSafetyLeverCommand({ id: 'other' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });

  test('requires permission for the lever', async () => {
    const outcome = async (Resource: string) => {
      const { clients } = aSandbox({
        authorize: iamAuthorizer(),
        caller: {
          account: master,
          roleName: 'chaos-monkey',
          policy: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'fis:GetSafetyLever', Resource }],
          },
        },
      });
      return clients(FisClient, { region })
        .send(get())
        .then(
          () => 'answered',
          (error: Error) => error.name,
        );
    };
    expect(await outcome(`arn:aws:fis:*:${master}:safety-lever/default`)).toBe('answered');
    expect(await outcome('*')).toBe('answered');
    expect(await outcome(`arn:aws:fis:${region}:${target}:safety-lever/default`)).toBe(
      'AccessDeniedException',
    );
  });
});
