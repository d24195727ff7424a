import { describe, expect, test } from 'vitest';
import { aCli } from '../../support/a-cli.ts';
import { keepRecording } from '../../support/a-recording.ts';
import { invokeRun, serverForTests } from '../../support/a-server.ts';

const chaos = aCli();
const server = serverForTests();
const checkout = '111111111111/us-east-1/asg/checkout';

describe('chaos replay', () => {
  test('decides a recorded run again, to the same', async () => {
    const { runId } = await invokeRun(server(), { dryRun: false });
    const { exitCode, out } = await chaos('replay', runId);
    expect(out).toMatch(
      new RegExp(
        `^\\d+ groups of run ${runId} decided again, \\d+ of them chosen to be struck: all the same$`,
      ),
    );
    expect(exitCode).toBe(0);
  });

  test('shows both sides of what is decided otherwise, and ends with 1', async () => {
    const { runId } = await invokeRun(server(), { dryRun: false });
    const recording = await server().world.ledger.recording(runId);
    if (recording === undefined) throw new Error('not recorded');
    // As if guards had been others then.
    const groups = recording.groups.map((group) => {
      if (group.decision.group !== checkout) return group;
      const { also: _, ...decision } = group.decision;
      const reason = { code: 'moon', text: 'it was full' };
      return { ...group, decision: { ...decision, verdict: 'spare' as const, reason } };
    });
    await keepRecording(server().world.ledger, { ...recording, groups });
    const { exitCode, out } = await chaos('replay', runId);
    expect(out).toContain(
      `: 1 group decided differently:\n  ${checkout}\n    then  spare: moon: it was full\n    now   `,
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse((await chaos('replay', runId, '--json')).out)).toMatchObject({ runId, differences: 1 });
  });

  test('ends with 2 for a run that was not recorded', async () => {
    const { exitCode, out, notes } = await chaos('replay', '20261123T090000Z-ffffffff');
    expect(notes).toContain('runId: expected a recorded run');
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});
