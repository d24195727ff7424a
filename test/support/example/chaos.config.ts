import { defineConfig } from '#lib/config/define-config.ts';

/**
 * What the monkey may do, where and when. It is checked at synth and by the CLI, and it ships with the function: what runs
 * is what was reviewed. This example is also what `npm start` and `npm run serve` play on the sandbox.
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

  // When nothing is struck all the same. Times are in the schedule's zone.
  calendar: {
    // holidays: [{ country: 'DE', region: 'BE' }],
    // daysOff: [{ date: '2026-12-24', name: 'Company holiday' }],
    // freezes: [{ from: '2026-11-27', to: '2026-11-30', reason: 'Black Friday', groups: ['payment-*'] }],
  },

  // How often a group is struck, unless its tags say otherwise: its chance in one slot (tag chaos:probability) ...
  rate: { probability: 1 / 6 },
  // ... or work days between two strikes, on average and at least (tags chaos:mean-days and chaos:min-days).
  // rate: { meanDays: 5, minDays: 2 },

  // What may be done to an instance. The first is the default; the tag chaos:faults on a group chooses others.
  faults: ['ec2-terminate', 'ec2-stop', 'ec2-reboot'],

  // What spares a group or an instance that was drawn. A guard that cannot be evaluated spares as well.
  guards: {
    // What a strike must leave healthy: a number, or a share of the desired capacity. Tag: chaos:min-healthy.
    // minHealthy: '50%',
    // minInstanceAgeMinutes: 15,
    // cooldownMinutes: 120,
  },

  // How many strikes there may be; left out: any number. At a time one of a group, and one of an app (tag chaos:app).
  budgets: {
    // perDay: { organization: 50, account: 10, group: 1 },
    // unverified: { organization: 10, region: 3 },
  },

  // Signals from outside that hold strikes unless they are good.
  gates: {
    // alarms: { organization: ['checkout-errors'], account: ['customer-impact'] },
    // changeCalendars: ['change-freeze'],
    // fisSafetyLever: true,
  },

  // A group that is not back at its desired healthy capacity by then is leashed, and an alarm says so.
  recovery: { withinMinutes: 30 },

  notifications: {
    emails: ['sre@example.com'],
    // slack: { parameter: '/chaos/slack-webhook' },
    // teams: { parameter: '/chaos/teams-webhook' },
    // dailyPlan: true,
  },
});
