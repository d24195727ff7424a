import { describe, expect, test } from 'vitest';
import { parseConfig } from '#core/config/config.ts';
import { InvalidInput } from '#core/util/parse.ts';
import { faults } from '#faults/registry.ts';
import { ChannelConfigs } from '#notify/registry.ts';

const minimal = {
  master: { account: '111111111111', region: 'eu-west-1' },
  accounts: ['222222222222'],
  regions: ['eu-west-1'],
  externalId: 'chaos-test',
};

function mistakesOf(input: unknown): readonly string[] {
  try {
    parseConfig(input, faults, 'chaos.config.ts', ChannelConfigs);
  } catch (error) {
    if (error instanceof InvalidInput) {
      return error.message.split('\n  ').slice(1);
    }
    throw error;
  }
  throw new Error('the input was taken');
}

/** A text is its beginning. */
function asPattern(mistake: string | RegExp): RegExp {
  return typeof mistake === 'string' ? new RegExp(`^${RegExp.escape(mistake)}`) : mistake;
}

describe('parseConfig', () => {
  test('takes a region that is newer than this version, where the configuration says so', () => {
    const regions = ['eu-west-9'];
    expect(parseConfig({ ...minimal, regions, newRegions: regions }, faults)).toMatchObject({ regions });
  });

  test.each([
    ['an unknown key', { ...minimal, leash: true }, 'leash: unknown key, found true'],
    [
      'an unknown key in an account',
      { ...minimal, accounts: [{ id: '222222222222', region: 'eu-west-1' }] },
      'accounts[0].region: unknown key, found "eu-west-1"',
    ],
    [
      'an account id that lost its leading zero',
      { ...minimal, accounts: ['222222222222', '12345678901'] },
      'accounts[1]: expected a 12-digit account id, found "12345678901"',
    ],
    [
      'an account twice',
      { ...minimal, accounts: ['222222222222', { id: '222222222222' }] },
      'accounts: expected each account once',
    ],
    [
      'an account id without quotes',
      { ...minimal, accounts: [222222222222] },
      'accounts[0]: expected a 12-digit account id in quotes, or { id: ... }, found 222222222222',
    ],
    [
      'one account outside a list',
      { ...minimal, accounts: '222222222222' },
      'accounts: expected a list of accounts, found "222222222222"',
    ],
    ['no accounts', { ...minimal, accounts: [] }, 'accounts: expected at least one account, found []'],
    [
      'a misspelled region',
      { ...minimal, regions: ['eu-wst1'] },
      'regions[0]: expected a region such as "eu-west-1", found "eu-wst1"',
    ],
    [
      'a region twice',
      { ...minimal, regions: ['eu-west-1', 'eu-west-1'] },
      'regions: expected each region once: eu-west-1 is there twice, found ["eu-west-1","eu-west-1"]',
    ],
    [
      'a region of an account twice',
      { ...minimal, accounts: [{ id: '222222222222', regions: ['eu-west-1', 'eu-west-1'] }] },
      'accounts[0].regions: expected each region once: eu-west-1 is there twice, found ["eu-west-1","eu-west-1"]',
    ],
    [
      'a misspelled time zone',
      { ...minimal, schedule: { timeZone: 'Europe/Berln' } },
      'schedule.timeZone: expected an IANA time zone such as "Europe/Berlin", found "Europe/Berln"',
    ],
    [
      'a time zone in another spelling',
      { ...minimal, schedule: { timeZone: 'europe/berlin' } },
      'schedule.timeZone: expected the exact spelling "Europe/Berlin", found "europe/berlin"',
    ],
    [
      'a region that does not exist',
      { ...minimal, regions: ['eu-wset-1'] },
      'regions[0]: expected a region of AWS (if it is a new one, list it in newRegions), found "eu-wset-1"; did you mean eu-west-1?',
    ],
    [
      'a region of an account that does not exist',
      { ...minimal, accounts: [{ id: '222222222222', regions: ['eu-west-1', 'us-esat-1'] }] },
      'accounts[0].regions[1]: expected a region of AWS (if it is a new one, list it in newRegions), found "us-esat-1"; did you mean us-east-1?',
    ],
    [
      "a region of the master's that does not exist",
      { ...minimal, master: { account: '111111111111', region: 'eu-west-9' } },
      'master.region: expected a region of AWS',
    ],
    [
      'an address twice',
      { ...minimal, notifications: { emails: ['sre@example.com', 'team@example.com', 'sre@example.com'] } },
      'notifications.emails: expected each address once',
    ],
    [
      'an address twice, in another case',
      { ...minimal, notifications: { emails: ['Sre@example.com', 'sre@Example.com'] } },
      'notifications.emails: expected each address once',
    ],
    [
      'an opt-in key that no role policy can name',
      { ...minimal, tags: { optIn: { key: 'カオス', value: 'true' } } },
      'tags.optIn.key: expected only characters that IAM accepts in a policy: Latin-1, up to U+00FF, found "カオス"',
    ],
    [
      'an opt-in value that no role policy can name',
      { ...minimal, tags: { optIn: { key: 'chaos', value: '有効' } } },
      'tags.optIn.value: expected only characters that IAM accepts in a policy: Latin-1, up to U+00FF, found "有効"',
    ],
    [
      'an opt-in value that leaves no room in the policies of roles',
      { ...minimal, tags: { optIn: { key: 'chaos', value: 'v'.repeat(65) } } },
      'tags.optIn.value: expected at most 64 characters, as every statement of the policies of roles repeats it',
    ],
    [
      'an opt-in value that IAM would read as a variable',
      { ...minimal, tags: { optIn: { key: 'chaos', value: '$user' } } },
      'tags.optIn.value: expected a tag value',
    ],
    [
      'an opt-in value that IAM could read as a wildcard',
      { ...minimal, tags: { optIn: { key: 'chaos', value: '*' } } },
      'tags.optIn.value: expected a tag value',
    ],
    [
      'the rate of older monkeys',
      { ...minimal, probability: 0.5 },
      'probability: unknown key, found 0.5; did you mean rate.probability?',
    ],
    [
      'a key of another place',
      { ...minimal, timeZone: 'UTC' },
      'timeZone: unknown key, found "UTC"; did you mean schedule.timeZone?',
    ],
    [
      'a guard beside the guards',
      { ...minimal, minHealthy: 2 },
      'minHealthy: unknown key, found 2; did you mean guards.minHealthy?',
    ],
    [
      'a key in the spelling of another tool',
      { ...minimal, target_accounts: ['222222222222'] },
      'target_accounts: unknown key, found ["222222222222"]; did you mean accounts?',
    ],
    [
      'a key in a list',
      { ...minimal, accounts: [{ id: '222222222222', region: 'eu-west-1' }] },
      'accounts[0].region: unknown key, found "eu-west-1"; did you mean accounts[0].regions?',
    ],
    ['a key like no other', { ...minimal, xyzzy: 1 }, /^xyzzy: unknown key, found 1$/],
    [
      'more accounts than one run can sweep',
      { ...minimal, accounts: Array.from({ length: 1_001 }, () => 'no account') },
      'accounts: expected at most 1000 accounts, found ["no account"',
    ],
    [
      'more addresses than anybody reads',
      { ...minimal, notifications: { emails: Array.from({ length: 101 }, () => 'no address') } },
      'notifications.emails: expected at most 100 addresses',
    ],
    [
      'a region of another partition',
      { ...minimal, regions: ['eu-west-1', 'cn-north-1'] },
      "regions: expected regions of the master's partition",
    ],
    [
      'a window that ends as it starts',
      { ...minimal, schedule: { from: '16:00', to: '16:00' } },
      'schedule.to: expected a time later on the same day than "from", found "16:00"',
    ],
    [
      'a probability in percent',
      { ...minimal, rate: { probability: 20 } },
      'rate.probability: expected a number from 0 to 1, found 20',
    ],
    [
      'a mean gap below the shortest one',
      { ...minimal, rate: { meanDays: 2, minDays: 5 } },
      'rate.meanDays: expected at least minDays: no mean is below the shortest gap, found 2',
    ],
    [
      'a mean gap of less than a day, once',
      { ...minimal, rate: { meanDays: 0.5 } },
      'rate.meanDays: expected a number of work days, at least 1, found 0.5',
    ],
    [
      'a shortest gap of no days',
      { ...minimal, rate: { meanDays: 5, minDays: 0 } },
      'rate.minDays: expected a whole number of work days, at least 1, found 0',
    ],
    [
      'a shortest gap that is not whole',
      { ...minimal, rate: { meanDays: 5, minDays: 1.5 } },
      'rate.minDays: expected a whole number of work days, at least 1, found 1.5',
    ],
    [
      'a shortest gap without a mean',
      { ...minimal, rate: { minDays: 3 } },
      'rate.meanDays: expected a number of work days, at least 1, found nothing',
    ],
    [
      'a mean gap in words',
      { ...minimal, rate: { meanDays: '5' } },
      'rate.meanDays: expected a number of work days, at least 1, found "5"',
    ],
    [
      'two rates',
      { ...minimal, rate: { probability: 0.5, meanDays: 5 } },
      'rate: expected { probability } or { meanDays, minDays }, found {"probability":0.5,"meanDays":5}',
    ],
    [
      'no rate',
      { ...minimal, rate: {} },
      'rate: expected { probability } or { meanDays, minDays }, found {}',
    ],
    [
      'a misspelled key of a rate',
      { ...minimal, rate: { meanDays: 5, min: 2 } },
      'rate.min: unknown key, found 2',
    ],
    [
      'a minimum of no instances',
      { ...minimal, guards: { minHealthy: 0 } },
      'guards.minHealthy: expected a number such as 2, or a share such as "50%", found 0',
    ],
    [
      'a share without its sign',
      { ...minimal, guards: { minHealthy: '50' } },
      'guards.minHealthy: expected a number such as 2, or a share such as "50%", found "50"',
    ],
    [
      'a negative age',
      { ...minimal, guards: { minInstanceAgeMinutes: -1 } },
      'guards.minInstanceAgeMinutes: expected a number of minutes, 0 or more, found -1',
    ],
    [
      'a negative cooldown',
      { ...minimal, guards: { cooldownMinutes: -1 } },
      'guards.cooldownMinutes: expected a number of minutes, 0 or more, found -1',
    ],
    [
      'another policy for protected instances',
      { ...minimal, guards: { scaleInProtected: 'ignore' } },
      'guards.scaleInProtected: expected "spare" or "strike", found "ignore"',
    ],
    ['an unknown guard', { ...minimal, guards: { minAge: 1 } }, 'guards.minAge: unknown key, found 1'],
    [
      'a negative budget',
      { ...minimal, budgets: { perDay: { organization: -1 } } },
      'budgets.perDay.organization: expected a whole number of strikes, 0 or more, found -1',
    ],
    [
      'half a strike',
      { ...minimal, budgets: { unverified: { region: 0.5 } } },
      'budgets.unverified.region: expected a whole number of strikes, 0 or more, found 0.5',
    ],
    [
      'an unknown budget',
      { ...minimal, budgets: { perDay: { team: 1 } } },
      'budgets.perDay.team: unknown key, found 1',
    ],
    [
      'an alarm without a name',
      { ...minimal, gates: { alarms: { organization: [''] } } },
      'gates.alarms.organization[0]: expected the name of an alarm, found ""',
    ],
    [
      'more alarms than one call takes',
      { ...minimal, gates: { alarms: { account: Array.from({ length: 51 }, (_, n) => `alarm-${n}`) } } },
      'gates.alarms.account: expected at most 50 alarms',
    ],
    [
      'a change calendar that cannot be one',
      { ...minimal, gates: { changeCalendars: ['no such name'] } },
      'gates.changeCalendars[0]: expected the name or the ARN of a change calendar, found "no such name"',
    ],
    [
      'a recovery before anything can be seen',
      { ...minimal, recovery: { withinMinutes: 1 } },
      'recovery.withinMinutes: expected a number of minutes, 2 or more, found 1',
    ],
    [
      'a tag key that has a meaning already',
      { ...minimal, tags: { optIn: { key: 'chaos:app', value: 'true' } } },
      'tags: expected different tag keys',
    ],
    [
      'a fault that does not exist',
      { ...minimal, faults: ['ec2-melt'] },
      'faults[0]: expected the name of a fault (docs/faults.md lists them), found "ec2-melt"',
    ],
    [
      'a fault that does not exist, with parameters',
      { ...minimal, faults: [{ name: 'ec2-melt', parameters: {} }] },
      'faults[0].name: expected the name of a fault (docs/faults.md lists them), found "ec2-melt"',
    ],
    [
      'a fault by its number',
      { ...minimal, faults: [7] },
      'faults[0]: expected the name of a fault (docs/faults.md lists them), or { name, parameters }, found 7',
    ],
    ['no faults', { ...minimal, faults: [] }, 'faults: expected at least one fault, found []'],
    [
      'one fault outside a list',
      { ...minimal, faults: 'ec2-stop' },
      'faults: expected a list of faults, found "ec2-stop"',
    ],
    [
      'a fault with a bad parameter',
      { ...minimal, faults: [{ name: 'ec2-terminate', parameters: { via: 'ssh' } }] },
      'faults[0].parameters.via: expected "ec2" or "autoscaling", found "ssh"',
    ],
    [
      'a misspelled fault',
      { ...minimal, faults: ['ec2-terminat'] },
      'faults[0]: expected the name of a fault (docs/faults.md lists them), found "ec2-terminat"; did you mean ec2-terminate?',
    ],
    [
      'a fault that lasts longer than any may',
      { ...minimal, faults: [{ name: 'cpu-burn', parameters: { minutes: 1_000 } }] },
      'faults[0].parameters.minutes: expected 1 to 15 minutes (maxFaultMinutes), found 1000',
    ],
    [
      'a parameter that a fault does not have',
      { ...minimal, faults: [{ name: 'lambda-latency', parameters: { mss: 10 } }] },
      'faults[0].parameters.mss: unknown parameter: lambda-latency has ms, maxMs, percent, minutes, found 10; did you mean ms?',
    ],
    [
      'a parameter of a fault that has none',
      { ...minimal, faults: [{ name: 'ec2-reboot', parameters: { minutes: 10 } }] },
      'faults[0].parameters.minutes: unknown parameter: ec2-reboot has none, found 10',
    ],
    [
      'a number out of its range',
      { ...minimal, faults: [{ name: 'lambda-latency', parameters: { percent: 0 } }] },
      'faults[0].parameters.percent: expected an integer from 1 to 100, found 0',
    ],
    [
      'a number that may be null, as a text',
      { ...minimal, faults: [{ name: 'lambda-latency', parameters: { maxMs: '10' } }] },
      'faults[0].parameters.maxMs: expected an integer from 0 to 900000, or null, found "10"',
    ],
    [
      'a longest latency below the shortest',
      { ...minimal, faults: [{ name: 'lambda-latency', parameters: { ms: 20, maxMs: 10 } }] },
      'faults[0].parameters.maxMs: expected at least as many as `ms`, or null, found 10',
    ],
    [
      'a change of nothing',
      { ...minimal, faults: [{ name: 'lambda-configure', parameters: { memoryMb: null } }] },
      'faults[0].parameters.timeoutSeconds: expected a timeout, as memoryMb is null: there is nothing to change, found nothing',
    ],
    [
      'a fault twice',
      { ...minimal, faults: ['ec2-stop', { name: 'ec2-stop' }] },
      'faults: expected each fault once: ec2-stop is there twice, found ["ec2-stop",{"name":"ec2-stop"}]',
    ],
    [
      'a reserved tag key',
      { ...minimal, tags: { probability: 'aws:chance' } },
      'tags.probability: expected a tag key of 1 to 128 characters, not starting with "aws:", found "aws:chance"',
    ],
    [
      'one tag key for two things',
      { ...minimal, tags: { probability: 'chaos', faults: 'chaos' } },
      'tags: expected different tag keys',
    ],
    [
      'a wildcard in a role name',
      { ...minimal, roleName: 'chaos-*' },
      'roleName: expected an IAM role name: 1 to 64 of letters, digits and _+=,.@-, found "chaos-*"',
    ],
    [
      'a wildcard in a parameter name',
      { ...minimal, notifications: { slack: { parameter: '/chaos/*' } } },
      'notifications.slack.parameter: expected the name of an SSM parameter, such as "/chaos/slack-webhook", found "/chaos/*"',
    ],
    [
      'a channel that there is not',
      { ...minimal, notifications: { slak: { parameter: '/chaos/slack' } } },
      'notifications.slak: unknown key, found {"parameter":"/chaos/slack"}; did you mean notifications.slack?',
    ],
    [
      'a key that a channel does not have',
      { ...minimal, notifications: { slack: { parameter: '/chaos/slack', url: 'https://example.com' } } },
      'notifications.slack.url: unknown key, found "https://example.com"',
    ],
    [
      'a channel without its parameter',
      { ...minimal, notifications: { teams: {} } },
      'notifications.teams.parameter: expected the name of an SSM parameter, found nothing',
    ],
    [
      'a fault that lasts longer than allowed',
      { ...minimal, faults: ['ec2-stop', { name: 'cpu-burn', parameters: { minutes: 20 } }] },
      'faults[1].parameters.minutes: expected 1 to 15 minutes (maxFaultMinutes), found 20',
    ],
    [
      'a fault whose default lasts longer than allowed',
      { ...minimal, faults: ['cpu-burn'], maxFaultMinutes: 2 },
      'faults[0].parameters.minutes: expected 1 to 2 minutes (maxFaultMinutes), and the default is 5, found nothing',
    ],
    [
      'faults that may last longer than any',
      { ...minimal, maxFaultMinutes: 61 },
      'maxFaultMinutes: expected a number of minutes from 1 to 60, found 61',
    ],
    ['a leash in words', { ...minimal, leashed: 'no' }, 'leashed: expected true or false, found "no"'],
    ['not an object', [], '(root): expected object, found []'],
    ['nothing', undefined, '(root): expected object, found nothing'],
  ])('names %s by its path, what was expected and what was found', (_, input, mistake) => {
    expect(mistakesOf(input)).toEqual([expect.stringMatching(asPattern(mistake))]);
  });

  test('says which file is not valid', () => {
    expect(() => parseConfig({}, faults)).toThrow(/^chaos\.config\.ts is not valid:\n/);
    expect(() => parseConfig({}, faults, 'other.ts')).toThrow(/^other\.ts is not valid:\n/);
  });

  test('names every mistake at once', () => {
    expect(mistakesOf({ ...minimal, rate: { probability: -1 }, leashed: 'no', externalId: '' })).toHaveLength(
      3,
    );
  });
});
