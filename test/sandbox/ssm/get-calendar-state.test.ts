import { GetCalendarStateCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { iamAuthorizer } from '../../support/iam-authorizer.ts';
import { aSandbox, master, region, startsAt, target } from '../a-sandbox.ts';

const calendarArn = (name: string, place = `${region}:${target}`) => `arn:aws:ssm:${place}:document/${name}`;

/** An account with an open and a closed calendar. */
async function calendars() {
  const { clients, sandbox, home, assume } = aSandbox();
  home.calendar('sales', 'OPEN');
  home.calendar('launch', 'CLOSED');
  const client = clients(SSMClient, await assume());
  const stateOf = async (...CalendarNames: string[]) =>
    (await client.send(new GetCalendarStateCommand({ CalendarNames }))).State;
  return { client, stateOf, sandbox, home };
}

// moto does not know the call: these are held to the API reference, GetCalendarState.
describe('GetCalendarState', () => {
  test('returns open or closed, and the time', async () => {
    const { client, stateOf, home } = await calendars();
    expect(await client.send(new GetCalendarStateCommand({ CalendarNames: ['sales'] }))).toMatchObject({
      State: 'OPEN',
      AtTime: new Date(startsAt).toISOString(),
    });
    expect(await stateOf('launch')).toBe('CLOSED');
    home.calendar('launch', 'OPEN');
    expect(await stateOf('launch')).toBe('OPEN');
  });

  test('of several returns open only if all are open', async () => {
    const { stateOf, home } = await calendars();
    home.calendar('audit', 'OPEN');
    expect(await stateOf('sales', 'launch')).toBe('CLOSED');
    expect(await stateOf('sales', 'audit')).toBe('OPEN');
  });

  test('accepts ARNs, including those of other accounts', async () => {
    const { stateOf, sandbox } = await calendars();
    sandbox.account('333333333333').region(region).calendar('quarter-end', 'CLOSED');
    expect(await stateOf(calendarArn('sales'))).toBe('OPEN');
    expect(await stateOf(calendarArn('launch'))).toBe('CLOSED');
    expect(await stateOf(calendarArn('quarter-end', `${region}:333333333333`))).toBe('CLOSED');
  });

  test.each([
    'mistyped',
    calendarArn('mistyped'),
    calendarArn('launch', `us-east-1:${target}`),
    calendarArn('launch', `${region}:999999999999`),
    calendarArn('launch').replace('arn:aws:', 'arn:aws-cn:'),
  ])('does not know %s, not even among others', async (name) => {
    const { stateOf } = await calendars();
    await expect(stateOf('launch', name)).rejects.toMatchObject({ name: 'InvalidDocument' });
  });

  test('requires permission for each calendar’s document', async () => {
    const { clients, sandbox } = aSandbox({
      authorize: iamAuthorizer(),
      caller: {
        account: master,
        roleName: 'chaos-monkey',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ssm:GetCalendarState',
              Resource: ['sales', 'launch'].map((name) => calendarArn(name, `${region}:${master}`)),
            },
          ],
        },
      },
    });
    for (const name of ['sales', 'launch', 'audit']) {
      sandbox.account(master).region(region).calendar(name, 'OPEN');
    }
    const ask = (...CalendarNames: string[]) =>
      clients(SSMClient, { region }).send(new GetCalendarStateCommand({ CalendarNames }));
    await expect(ask('sales', calendarArn('launch', `${region}:${master}`))).resolves.toMatchObject({
      State: 'OPEN',
    });
    await expect(ask('sales', 'audit')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        `ssm:GetCalendarState on resource: ${calendarArn('audit', `${region}:${master}`)}`,
      ),
    });
  });

  test('answers only for now', async () => {
    const { client } = await calendars();
    await expect(
      client.send(new GetCalendarStateCommand({ CalendarNames: ['sales'], AtTime: '2026-12-24T00:00:00Z' })),
    ).rejects.toThrow('the sandbox does not implement GetCalendarState.AtTime');
  });
});
