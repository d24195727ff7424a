import { expect, test } from 'vitest';
import { moveOptionsAfterCommand } from '#cli/options/reorder-arguments.ts';

test.each([
  [
    ['--profile', 'ops', '--region=eu-west-1', 'stop', 'now'],
    ['stop', '--profile', 'ops', '--region=eu-west-1', 'now'],
  ],
  [
    ['stop', '--profile', 'ops'],
    ['stop', '--profile', 'ops'],
  ],
  [
    ['--json', 'stop', 'now'],
    ['stop', '--json', 'now'],
  ],
  [
    ['--table', 'T', '--config=F', 'STOP'],
    ['stop', '--table', 'T', '--config=F'],
  ],
  [
    ['--reason', 'stop', 'stop'],
    ['stop', '--reason', 'stop'],
  ],
  [
    ['--reson', 'fire', 'stop'],
    ['stop', '--reson', 'fire'],
  ],
  [
    ['--stop', 'now'],
    ['stop', 'now'],
  ],
  [
    ['--reason', 'stop'],
    ['--reason', 'stop'],
  ],
  [
    ['--profile', 'ops', '--region=eu-west-1', 'experiment', 'stop', 'ID'],
    ['experiment', 'stop', '--profile', 'ops', '--region=eu-west-1', 'ID'],
  ],
  [
    ['--json', 'experiment', 'stop'],
    ['--json', 'experiment', 'stop'],
  ],
  [
    ['--profile', 'experiment', 'stop'],
    ['stop', '--profile', 'experiment'],
  ],
  [
    ['--json', 'status', 'stop'],
    ['--json', 'status', 'stop'],
  ],
  [
    ['help', 'stop'],
    ['help', 'stop'],
  ],
  [
    ['--help', 'stop'],
    ['--help', 'stop'],
  ],
  [
    ['leash', 'web', '--reason', 'stop'],
    ['leash', 'web', '--reason', 'stop'],
  ],
  [['--help'], ['--help']],
  [
    ['--json', 'status'],
    ['--json', 'status'],
  ],
  [
    ['--profile', 'ops'],
    ['--profile', 'ops'],
  ],
  [['--profile'], ['--profile']],
  [[], []],
])('options before the command are the same as after it: %j', (args, expected) => {
  expect(moveOptionsAfterCommand(args)).toEqual(expected);
});
