import { defineConfig } from '#lib/config/define-config.ts';

/**
 * What the monkey may do, where and when. The configuration is checked at synth and by the CLI, and ships with the function:
 * what runs is what was reviewed. This example is also what `npm start` and `npm run serve` run on the sandbox.
 */
export default defineConfig({
  // Where the monkey itself is deployed.
  master: { account: '111111111111', region: 'eu-west-1' },

  // The target accounts, which may include the master. An entry may override regions, roleName and externalId.
  accounts: ['111111111111', '222222222222', { id: '333333333333', regions: ['us-east-1'] }],

  // The regions of every account that does not list its own.
  regions: ['eu-west-1', 'us-east-1'],

  // Shared by the master and its targets: AssumeRole without it is denied. Choose your own.
  externalId: 'chaos-monkey-example',

  // While true, runs only report what they would do. Set it to false once the reports look right.
  leashed: true,

  // When runs start: in slots every 60 minutes from 09:00, the last one before 16:00.
  schedule: {
    timeZone: 'Europe/Berlin',
    days: ['mon', 'tue', 'wed', 'thu', 'fri'],
    from: '09:00',
    to: '16:00',
    everyMinutes: 60,
  },

  // Exceptions to the schedule: times when nothing is struck, in the schedule's zone.
  calendar: {
    // holidays: [{ country: 'DE', region: 'BE' }],
    // daysOff: [{ date: '2026-12-24', name: 'Company holiday' }],
    // freezes: [{ from: '2026-11-27', to: '2026-11-30', reason: 'Black Friday', groups: ['payment-*'] }],
  },

  // How often a group is struck, unless its tags say otherwise: the chance in one slot (tag chaos:probability) ...
  rate: { probability: 1 / 6 },
  // ... or the average and minimum work days between two strikes (tags chaos:mean-days and chaos:min-days).
  // rate: { meanDays: 5, minDays: 2 },

  // The enabled faults. The first is the default; the tag chaos:faults on a group chooses others.
  faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],

  // What spares a group or an instance that was drawn. A guard that cannot be evaluated also spares it.
  guards: {
    // What a strike must leave healthy: a number, or a share of the desired capacity. Tag: chaos:min-healthy.
    // minHealthy: '50%',
    // minInstanceAgeMinutes: 15,
    // cooldownMinutes: 120,
  },

  // The maximum number of strikes; unlimited by default, except for one at a time per group and per app (tag chaos:app).
  budgets: {
    // perDay: { organization: 50, account: 10, group: 1 },
    // unverified: { organization: 10, region: 3 },
  },

  // External signals that hold strikes unless they are OK.
  gates: {
    // alarms: { organization: ['checkout-errors'], account: ['customer-impact'] },
    // changeCalendars: ['change-freeze'],
    // fisSafetyLever: true,
  },

  // A group that is not back at its desired healthy capacity by then is leashed, and an alarm fires.
  recovery: { withinMinutes: 30 },

  notifications: {
    emails: ['sre@example.com'],
    // slack: { parameter: '/chaos/slack-webhook' },
    // teams: { parameter: '/chaos/teams-webhook' },
    // dailyPlan: true,
  },
});
