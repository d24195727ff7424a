import { defineConfig } from '#lib/config/define-config.ts';

/** The configuration that the tests of the command line stand on, so that they do not hang on the repository's own. */
export default defineConfig({
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['111111111111', '222222222222'],
  regions: ['eu-west-1', 'us-east-1'],
  externalId: 'chaos-test',
  leashed: false,
  schedule: { timeZone: 'UTC', days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '16:00' },
  rate: { probability: 1 / 6 },
  faults: ['ec2-terminate', 'ec2-reboot'],
});
