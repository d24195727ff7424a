import { describe, expect, test } from 'vitest';
import { outcomeText, reportText } from '#cli/render/report.ts';
import {
  aBroken,
  aDecision,
  aFailure,
  aGone,
  aRecovered,
  aReport,
  aStrike,
  aVerification,
} from '../../support/a-report.ts';

const plain = (_styles: unknown, text: string) => text;
const rendered = (...args: Parameters<typeof aReport>) => reportText(aReport(...args), plain);

const web = '222222222222/eu-west-1/asg/web';
const drawn = aDecision({
  group: web,
  verdict: 'strike',
  reason: { code: 'drawn', text: 'drew 0.01, a strike is below 0.1667' },
});

describe('reportText', () => {
  test('shows a live run: strikes with their reasons, spares by reason, the sums last', () => {
    const text = rendered({
      strikes: [aStrike({ group: web })],
      decisions: [drawn, aDecision({ group: '222222222222/eu-west-1/asg/api' })],
      counts: { groups: 2, spared: { 'not-drawn': 1 } },
    });
    expect(text).toBe(
      ` LIVE  Chaos monkey struck 1 instance in account 222222222222
Open gates: stop (no stop is set), schedule (inside the window mon, tue 09:00-16:00 Europe/Berlin)

Struck: 1 instance
  i-0a1b2c3d4e5f60718  ec2-terminate (via ec2): running -> shutting-down
    222222222222/eu-west-1/asg/web, zone eu-west-1a: drew 0.01, a strike is below 0.1667

Spared: 1 group
  not-drawn (1)
    222222222222/eu-west-1/asg/api  drew 0.5341, a strike is below 0.1667

2 groups in 3 accounts, 5 account-regions surveyed: 1 struck, 1 spared, 0 failures
Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, took 12.3 s`,
    );
  });

  test('says first that a run was leashed, and why', () => {
    const [first, second] = rendered({
      mode: 'leashed',
      leashedBecause: 'the request did not say dryRun: false',
      strikes: [aStrike({ outcome: 'leashed', detail: 'leashed: nothing was touched' })],
    }).split('\n');
    expect(first).toBe(' LEASHED  Chaos monkey would have struck 1 instance in account 222222222222');
    expect(second).toBe('Nothing was touched: the request did not say dryRun: false');
  });

  test('says which gate was closed, and what that means in either mode', () => {
    const gates = [{ gate: 'stop', open: false, text: 'stopped by ann: sale' }];
    expect(rendered({ outcome: 'closed', gates, counts: { spared: {} } })).toContain(
      'Nothing was looked at. Gate stop is closed: stopped by ann: sale',
    );
    expect(rendered({ mode: 'leashed', gates })).toContain(
      'A live run would have ended here. Gate stop is closed: stopped by ann: sale',
    );
  });

  test('names groups that were asked for and not found', () => {
    expect(rendered({ groupsNotFound: ['wbe', 'apo'], didYouMean: { wbe: 'web' } })).toContain(
      'wbe (did you mean web?), apo',
    );
    expect(rendered({ groupsNotFound: ['wbe', 'apo'] })).toContain(
      'Not found, mistyped or not opted in: wbe, apo',
    );
  });

  test.each([
    ['an account that did not let it in', { failures: [aFailure()] }, '1 failure'],
    [
      'a region that was not seen whole',
      { failures: [aFailure({ stage: 'survey' }), aFailure()] },
      '2 failures',
    ],
    [
      'a failure that the report leaves out',
      { omitted: { decisions: 0, strikes: 0, recoveries: 0, failures: 3, text: 'cut' } },
      '3 failures',
    ],
  ])('does not call a group mistyped that may be behind %s', (_what, report, failures) => {
    expect(rendered({ ...report, groupsNotFound: ['web'] })).toContain(
      `Not seen (${failures}: see below), mistyped or not opted in: web`,
    );
  });

  test('calls it not found where all was seen, whatever failed later', () => {
    expect(rendered({ failures: [aFailure({ stage: 'announce' })], groupsNotFound: ['web'] })).toContain(
      'Not found, mistyped or not opted in: web',
    );
  });

  test('lists failures by kind, the most frequent first', () => {
    const throttled = aFailure({
      stage: 'survey',
      code: 'Throttling',
      message: 'slow down',
      region: 'eu-west-1',
    });
    const text = rendered({ failures: [throttled, aFailure(), aFailure({ account: '444444444444' })] });
    expect(text).toMatch(/Failed: 3\n {2}assume-role AccessDenied \(2\)\n {4}333333333333 {2}User: /);
    expect(text).toContain('  survey Throttling (1)\n    333333333333/eu-west-1  slow down');
  });

  test('tells failed strikes from those that were made', () => {
    const text = rendered({
      strikes: [aStrike(), aStrike({ outcome: 'failed', detail: 'UnauthorizedOperation: no' })],
    });
    expect(text).toContain(
      'Could not strike: 1 instance\n  i-0a1b2c3d4e5f60718  ec2-terminate (via ec2): Unauth',
    );
    expect(text).toContain('1 struck, 1 could not be struck, 3 spared');
  });

  test('tells strikes that may have been made from those that were', () => {
    const text = rendered({
      strikes: [aStrike(), aStrike({ outcome: 'unknown', detail: 'TimeoutError: no answer' })],
    });
    expect(text).toContain(
      'Not known whether struck: 1 instance\n  i-0a1b2c3d4e5f60718  ec2-terminate (via ec2): TimeoutError: no answer\n',
    );
    expect(text).toContain('1 struck, 1 perhaps struck, 3 spared');
  });

  test('shows a look after earlier strikes: what is broken and what to do first, the sums last', () => {
    const report = aVerification({
      recoveries: [
        aBroken(),
        aRecovered({ group: '222222222222/eu-west-1/asg/a' }),
        aRecovered({
          group: '333333333333/us-east-1/tag/batch',
          recovery: { tookMs: 4_000_000, exact: false },
        }),
        aGone({ group: '222222222222/eu-west-1/asg/old' }),
      ],
    });
    expect(reportText(report, plain)).toBe(
      ` VERIFY  Chaos monkey: 1 group did NOT recover, 2 groups recovered

NOT RECOVERED: 1 group
  222222222222/eu-west-1/asg/web  1 of 2 desired are healthy, 59 minutes after i-0a1b2c3d4e5f60718 was struck by run 20261123T080000Z-5d3e2f10
  The group is leashed: no run strikes it. Lift that once it is well:
    ./chaos leash 222222222222/eu-west-1/asg/web --off

Recovered: 2 groups
  222222222222/eu-west-1/asg/a      i-0a1b2c3d4e5f60718 in 3 min 12 s: 2 of 2 desired are healthy
  333333333333/us-east-1/tag/batch  i-0a1b2c3d4e5f60718 in at most 1 h 6 min: 2 of 2 desired are healthy

Gone since the strike: 1 group
  222222222222/eu-west-1/asg/old  the group is no more

Looked after earlier strikes: 2 recovered, 1 NOT recovered, 0 failures
Run 20261123T090000Z-3f9a1c2b, took 12.3 s`,
    );
  });

  test('a run says what is broken before what it struck, and who has recovered after it', () => {
    const text = rendered({ strikes: [aStrike()], recoveries: [aRecovered(), aBroken()] });
    expect(text.match(/^(NOT RECOVERED|Struck|Recovered|Spared): /gm)).toEqual([
      'NOT RECOVERED: ',
      'Struck: ',
      'Recovered: ',
      'Spared: ',
    ]);
  });

  test('a run before a closed gate shows what came of earlier strikes', () => {
    const gates = [{ gate: 'stop', open: false, text: 'stopped by ann: sale' }];
    const text = rendered({ outcome: 'closed', gates, recoveries: [aRecovered()], counts: { spared: {} } });
    expect(text).toBe(
      ` LIVE  Chaos monkey: 1 group recovered, held back by the gate stop
Nothing was looked at but what had been struck before. Gate stop is closed: stopped by ann: sale

Recovered: 1 group
  222222222222/eu-west-1/asg/web  i-0a1b2c3d4e5f60718 in 3 min 12 s: 2 of 2 desired are healthy

Run 20261123T090000Z-3f9a1c2b, slot 2026-11-23T09:00:00Z, took 12.3 s`,
    );
  });

  test('cuts long lists of recoveries, and counts what it left out', () => {
    const text = rendered({
      recoveries: Array.from({ length: 50 }, () => aRecovered()),
      counts: { recovered: 60 },
    });
    expect(text).toContain('Recovered: 60 groups\n');
    expect(text).toContain('\n  and 20 more; --json prints all there are');
  });

  test('names all reasons that stood against a strike', () => {
    const decision = aDecision({
      reason: { code: 'too-few-healthy', text: '1 healthy' },
      also: [{ code: 'group-degraded', text: '1 of 3 healthy' }],
    });
    expect(rendered({ decisions: [decision], counts: { spared: { 'too-few-healthy': 1 } } })).toContain(
      'asg/web  1 healthy; also 1 of 3 healthy',
    );
  });

  test('cuts long lists of spares, and counts what it left out', () => {
    const decisions = Array.from({ length: 1_500 }, (_, index) =>
      aDecision({ group: `222222222222/eu-west-1/asg/web-${index}` }),
    );
    const text = rendered({ decisions, counts: { spared: { 'not-drawn': 1_500 } } });
    expect(text.match(/asg\/web-/g)).toHaveLength(40);
    expect(text).toContain('\n    and 1,460 more; --json prints all there are');
  });

  test('shows every strike, however many', () => {
    const strikes = Array.from({ length: 200 }, (_, index) => aStrike({ instanceId: `i-${index}` }));
    expect(rendered({ strikes }).match(/ {2}i-\d+ /g)).toHaveLength(200);
  });

  test('counts what was left out of a report before it came here', () => {
    const omitted = {
      decisions: 2,
      strikes: 1,
      recoveries: 0,
      failures: 0,
      text: 'Left out to fit: 2 of 2 decisions.',
    };
    const text = rendered({ omitted, strikes: [aStrike()], counts: { succeeded: 2 } });
    expect(text).toContain('Struck: 2 instances');
    expect(text).toContain('  and 1 more; --json prints all there are');
    expect(text).toContain('Left out to fit: 2 of 2 decisions.');
  });

  test('lets nothing from outside control the terminal', () => {
    const evil = 'web\u001b[2J\u001b]0;pwned\u0007\nLIVE';
    const text = rendered({
      groupsNotFound: [evil],
      gates: [{ gate: evil, open: false, text: evil }],
      leashedBecause: evil,
      strikes: [aStrike({ group: evil, instanceId: evil, zone: evil, detail: evil })],
      recoveries: [
        aBroken({ group: evil }),
        aRecovered({ group: evil, instanceId: evil, recovery: { text: evil } }),
        aGone({ group: evil }),
      ],
      failures: [aFailure({ code: evil, message: evil, account: evil })],
      decisions: [aDecision({ group: evil, reason: { code: 'not-drawn', text: evil } })],
    });
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/^LIVE/m);
  });
});

describe('outcomeText', () => {
  test('leaves the spared groups out, and nothing else', () => {
    const report = aReport({ strikes: [aStrike()], failures: [aFailure()], decisions: [aDecision()] });
    const sections = reportText(report, plain).split('\n\n');
    const spares = sections.filter((section) => section.startsWith('Spared: '));
    expect(spares).toHaveLength(1);
    expect(outcomeText(report, plain)).toBe(
      sections.filter((section) => !spares.includes(section)).join('\n\n'),
    );
  });
});
