import {
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  SendCommandCommand,
  type SendCommandCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import type { AuthorizationRequest } from '#sandbox/authorizer.ts';
import type { DocumentContent } from '#sandbox/ssm/documents.ts';
import { aSandbox, region, startsAt, target } from '../a-sandbox.ts';

const text = (allowedPattern: string) => ({ type: 'String' as const, allowedPattern });
const strike = { Strike: text('^[A-Za-z0-9-]{1,63}$') };
const contentOf = (parameters: DocumentContent['parameters']): DocumentContent => ({
  schemaVersion: '2.2',
  ...(parameters !== undefined && { parameters }),
  mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['exit'] } }],
});

async function setUp() {
  const asked: AuthorizationRequest[] = [];
  const { clock, clients, home, assume } = aSandbox({
    jumps: false,
    authorize: (request) => asked.push(request) > 0,
  });
  const beginning = { ...strike, Seconds: text('^[1-9][0-9]{0,4}$'), NotAfter: text('^[0-9]{1,10}$') };
  const percent = { ...text('^[0-9]{1,2}$'), default: '50' };
  home.documents.add({ name: 'Chaos-CpuBurn', content: contentOf({ ...beginning, Percent: percent }) });
  home.documents.add({ name: 'Chaos-DiskFill', content: contentOf(beginning), tags: { app: 'chaos' } });
  home.documents.add({ name: 'Chaos-Undo', content: contentOf(strike) });
  home.documents.add({ name: 'Hello', content: contentOf(undefined) });
  const instance = home.instance({ isManaged: true, tags: { app: 'web' } });
  const ssm = clients(SSMClient, await assume());

  const send = async (DocumentName: string, input: Partial<SendCommandCommandInput> = {}) =>
    (await ssm.send(new SendCommandCommand({ DocumentName, InstanceIds: [instance.id], ...input }))).Command
      ?.CommandId;
  const begin = (Strike: string, { document = 'Chaos-CpuBurn', seconds = 300, notAfter = 600 } = {}) =>
    send(document, {
      Parameters: {
        Strike: [Strike],
        Seconds: [String(seconds)],
        NotAfter: [String(clock.now() / 1000 + notAfter)],
      },
    });
  const undo = (Strike: string) => send('Chaos-Undo', { Parameters: { Strike: [Strike] } });
  const look = (CommandId: string | undefined, InstanceId = instance.id) =>
    ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId }));
  const exitCodeOf = async (CommandId: string | undefined) => {
    await clock.advance(4_000);
    return (await look(CommandId)).ResponseCode;
  };
  const broken = () => instance.node?.effectsAt(clock.now()).map((effect) => effect.strike);
  return { clock, home, ssm, asked, instance, send, begin, undo, look, exitCodeOf, broken };
}

const missing = { name: 'InvocationDoesNotExist' };

// moto runs no commands, and accepts all: these are held to the API reference, SendCommand and GetCommandInvocation, and to what
// the scripts of the documents that ship with the target template do.
describe('a command', () => {
  test('is known after a moment, and is pending, in progress and over as time passes', async () => {
    const { clock, begin, look } = await setUp();
    const id = await begin('a');
    await expect(look(id)).rejects.toMatchObject(missing);
    await clock.advance(1_000);
    expect(await look(id)).toMatchObject({ Status: 'Pending', ResponseCode: -1 });
    await clock.advance(1_000);
    expect(await look(id)).toMatchObject({ Status: 'InProgress', ResponseCode: -1 });
    await clock.advance(2_000);
    expect(await look(id)).toMatchObject({ Status: 'Success', StatusDetails: 'Success', ResponseCode: 0 });
    await expect(look('00000000-0000-0000-0000-000000000000')).rejects.toMatchObject(missing);
    await expect(look(id, 'i-00000000000000000')).rejects.toMatchObject(missing);
  });

  test('that no agent picks up times out', async () => {
    const { clock, instance, send, look } = await setUp();
    if (instance.node) instance.node.picksUp = false;
    const id = await send('Hello', { TimeoutSeconds: 30 });
    await clock.advance(29_999);
    expect(await look(id)).toMatchObject({ Status: 'Pending' });
    await clock.advance(1);
    expect(await look(id)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' });
  });

  test('is not picked up on an instance that ends before', async () => {
    const { clock, instance, begin, look, broken } = await setUp();
    const id = await begin('a');
    await clock.advance(1_000);
    instance.terminate(clock.now());
    await clock.advance(10_000);
    expect(await look(id)).toMatchObject({ Status: 'Pending' });
    expect(broken()).toEqual([]);
  });

  test('fails where the scenario says so', async () => {
    const { clock, instance, begin, look, broken } = await setUp();
    if (instance.node) instance.node.exitCode = 3;
    const id = await begin('a');
    await clock.advance(4_000);
    expect(await look(id)).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 3 });
    expect(broken()).toEqual([]);
  });

  test('does nothing on Windows, and succeeds', async () => {
    const { clock, ssm, instance, begin, look, broken } = await setUp();
    if (instance.node) instance.node.platform = 'Windows';
    const id = await begin('a');
    await clock.advance(4_000);
    expect(await look(id)).toMatchObject({ Status: 'Success', ResponseCode: 0, StandardOutputContent: '' });
    expect(broken()).toEqual([]);
    const { InstanceInformationList } = await ssm.send(new DescribeInstanceInformationCommand({}));
    expect(InstanceInformationList).toMatchObject([{ PlatformType: 'Windows' }]);
  });

  test('is recorded', async () => {
    const { home, instance, begin } = await setUp();
    const id = await begin('a');
    expect(home.commands.sent).toMatchObject([
      { id, instance: instance.id, document: 'Chaos-CpuBurn', parameters: { Strike: 'a', Percent: '50' } },
    ]);
  });
});

describe('SendCommand', () => {
  test('refuses a document that is not in the region', async () => {
    const { send } = await setUp();
    await expect(send('Nobody')).rejects.toMatchObject({ name: 'InvalidDocument' });
  });

  test.each([
    ['one that is missing', { Strike: undefined }],
    ['one that does not match its pattern', { Strike: ['a; reboot'] }],
    ['two values', { Strike: ['a', 'b'] }],
    ['one that the document does not know', { Strike: ['a'], Other: ['b'] }],
  ])('refuses parameters: %s', async (_case, given) => {
    const { send } = await setUp();
    const Parameters = JSON.parse(JSON.stringify(given));
    await expect(send('Chaos-Undo', { Parameters })).rejects.toMatchObject({ name: 'InvalidParameters' });
  });

  test('refuses instances that are not managed, not online or not there', async () => {
    const { clock, home, instance, send } = await setUp();
    const invalid = { name: 'InvalidInstanceId' };
    for (const id of [home.instance().id, 'i-00000000000000000']) {
      await expect(send('Hello', { InstanceIds: [instance.id, id] })).rejects.toMatchObject(invalid);
    }
    if (instance.node) instance.node.ping = 'ConnectionLost';
    await expect(send('Hello')).rejects.toMatchObject(invalid);
    if (instance.node) instance.node.ping = 'Online';
    await send('Hello');
    instance.stop(clock.now());
    await expect(send('Hello')).rejects.toMatchObject(invalid);
    await expect(send('Hello', { InstanceIds: [instance.id, instance.id] })).rejects.toMatchObject({
      name: 'DuplicateInstanceId',
    });
  });

  test('has limits', async () => {
    const { send } = await setUp();
    for (const input of [{ TimeoutSeconds: 29 }, { InstanceIds: [] }]) {
      await expect(send('Hello', input)).rejects.toMatchObject({ name: 'ValidationException' });
    }
    await expect(send('Hello', { DocumentVersion: '2' })).rejects.toThrow('SendCommand.DocumentVersion');
  });

  test('needs a permission on the document and on each instance, by their tags', async () => {
    const { asked, instance, begin } = await setUp();
    await begin('a', { document: 'Chaos-DiskFill' });
    expect(asked.slice(-2)).toMatchObject([
      {
        action: 'ssm:SendCommand',
        resource: `arn:aws:ssm:${region}:${target}:document/Chaos-DiskFill`,
        resourceTags: { app: 'chaos' },
      },
      {
        action: 'ssm:SendCommand',
        resource: `arn:aws:ec2:${region}:${target}:instance/${instance.id}`,
        resourceTags: { app: 'web' },
        context: { 'ssm:resourceTag/app': 'web' },
      },
    ]);
  });
});

describe('a strike by a document', () => {
  test('begins when it is picked up, and ends by itself', async () => {
    const { clock, instance, begin, broken } = await setUp();
    await begin('a', { seconds: 60 });
    await clock.advance(1_999);
    expect(broken()).toEqual([]);
    await clock.advance(1);
    expect(broken()).toEqual(['a']);
    expect(instance.effects).toEqual([
      { document: 'Chaos-CpuBurn', strike: 'a', startedAt: startsAt + 2_000, endsAt: startsAt + 62_000 },
    ]);
    await clock.advance(59_999);
    expect(broken()).toEqual(['a']);
    await clock.advance(1);
    expect(broken()).toEqual([]);
  });

  test('is refused while another is active, whatever its document, and goes once it has ended', async () => {
    const { clock, begin, exitCodeOf, broken } = await setUp();
    await begin('a', { seconds: 60 });
    expect(await exitCodeOf(await begin('b', { document: 'Chaos-DiskFill' }))).toBe(4);
    expect(await exitCodeOf(await begin('a'))).toBe(4);
    await clock.advance(60_000);
    expect(await exitCodeOf(await begin('b'))).toBe(0);
    expect(broken()).toEqual(['b']);
  });

  test('is refused once its NotAfter has passed, and if that is far away', async () => {
    const { begin, exitCodeOf, broken } = await setUp();
    expect(await exitCodeOf(await begin('a', { notAfter: 1 }))).toBe(5);
    expect(await exitCodeOf(await begin('a', { notAfter: 3_603 }))).toBe(5);
    expect(broken()).toEqual([]);
    expect(await exitCodeOf(await begin('a', { notAfter: 2 }))).toBe(0);
  });

  test('says what became of it', async () => {
    const { clock, begin, undo, look } = await setUp();
    const said = async (id: string | undefined) => {
      await clock.advance(4_000);
      const { StandardOutputContent, StandardErrorContent } = await look(id);
      return [StandardOutputContent, StandardErrorContent];
    };
    expect(await said(await begin('a'))).toEqual([expect.stringMatching(/^chaos: begun a for 300 s: /), '']);
    expect(await said(await begin('b'))).toEqual(['', 'chaos: refused: strike a is active\n']);
    expect(await said(await undo('a'))).toEqual(['chaos: undone a\n', '']);
    expect(await said(await begin('a'))).toEqual(['', 'chaos: refused: strike a has ended\n']);
    expect(await said(await begin('c', { notAfter: -60 }))).toEqual([
      '',
      'chaos: refused: NotAfter has passed\n',
    ]);
  });

  test('that has ended by itself keeps its end when it is undone', async () => {
    const { clock, instance, begin, undo } = await setUp();
    await begin('a', { seconds: 60 });
    await clock.advance(100_000);
    await undo('a');
    expect(instance.effects).toMatchObject([{ strike: 'a', endsAt: startsAt + 62_000 }]);
  });

  test('is ended by its undo, by no other, and does not begin again', async () => {
    const { clock, begin, undo, exitCodeOf, broken } = await setUp();
    await begin('a');
    expect(await exitCodeOf(await undo('b'))).toBe(0);
    expect(broken()).toEqual(['a']);
    await undo('a');
    await clock.advance(1_999);
    expect(broken()).toEqual(['a']);
    await clock.advance(1);
    expect(broken()).toEqual([]);
    expect(await exitCodeOf(await undo('a'))).toBe(0);
    expect(await exitCodeOf(await begin('a'))).toBe(4);
    expect(await exitCodeOf(await begin('b'))).toBe(4);
  });

  test('ends with a reboot, a stop or the end of its instance', async () => {
    for (const end of ['reboot', 'stop', 'terminate'] as const) {
      const { clock, instance, begin, broken } = await setUp();
      await begin('a');
      await clock.advance(10_000);
      expect(broken()).toEqual(['a']);
      instance[end](clock.now());
      expect(broken()).toEqual([]);
    }
  });
});

describe('DescribeInstanceInformation', () => {
  test('knows the instances that are managed, in pages, and how their agents are', async () => {
    const { clock, home, ssm, instance } = await setUp();
    home.instance();
    const group = home.autoScalingGroup({ name: 'web', desired: 6, isManaged: true });
    const list = async (input: object = {}) => {
      const { InstanceInformationList = [], NextToken } = await ssm.send(
        new DescribeInstanceInformationCommand(input),
      );
      return { pings: InstanceInformationList.map(({ PingStatus }) => PingStatus), token: NextToken };
    };
    const first = await list();
    expect(first.pings).toHaveLength(5);
    expect((await list({ NextToken: first.token })).pings).toHaveLength(2);
    const only = { Filters: [{ Key: 'InstanceIds', Values: [instance.id] }] };
    expect((await list(only)).pings).toEqual(['Online']);
    instance.stop(clock.now());
    expect((await list(only)).pings).toEqual(['ConnectionLost']);
    instance.terminate(clock.now());
    expect((await list(only)).pings).toEqual([]);

    const [member] = group.members;
    member?.instance.terminate(clock.now());
    await clock.advance(300_000);
    expect((await list({ MaxResults: 50 })).pings).toEqual(Array.from({ length: 6 }, () => 'Online'));
    await expect(list({ MaxResults: 4 })).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
