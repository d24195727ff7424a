import { defineConfig } from '#core/config.ts';

/**
 * What the monkey may do, where and when. It is checked at synth and by the CLI, and it ships with the function: what runs
 * is what was reviewed. This example is also what `npm start` and `npm run serve` play on the embedded AWS.
 */
export default defineConfig({
  // Where the monkey itself is deployed.
  master: { account: '111111111111', region: 'eu-west-1' },

  // The target accounts. The master may be one of them. An entry may differ in regions, roleName or externalId.
  accounts: ['111111111111', '222222222222', { id: '333333333333', regions: ['us-east-1'] }],

  // Swept in every account that does not name its own.
  regions: ['eu-west-1', 'us-east-1'],

  // Agreed between master and targets: AssumeRole without it is refused. Choose your own.
  externalId: 'chaos-monkey-example',

  // While true, every run only says what it would do. Set it to false when the reports look right.
  leashed: true,

  // When runs are made: slots every 60 minutes from 09:00, the last one before 16:00.
  schedule: {
    timeZone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '09:00',
    to: '16:00',
    everyMinutes: 60,
  },

  // The chance that a group is struck in one slot. The tag chaos:probability on a group overrides it.
  probability: 1 / 6,

  // What may be done to an instance. The first is the default; the tag chaos:faults on a group chooses others.
  faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],

  notifications: {
    emails: ['sre@example.com'],
    // slack: { parameter: '/chaos/slack-webhook' },
    // teams: { parameter: '/chaos/teams-webhook' },
  },
});
