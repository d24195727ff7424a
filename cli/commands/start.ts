import { localTime } from '#core/calendar/schedule.ts';
import type { Config } from '#core/config/config.ts';
import { parseRequest } from '#core/config/run-request.ts';
import type { RunReport } from '#core/reports/run-report.ts';
import { run } from '#core/run/run.ts';
import { type Starting, startRun, startTask } from '#core/run/start-run.ts';
import { verifyRun } from '#core/run/verify-run.ts';
import { faults } from '#faults/registry.ts';
import { VirtualClock } from '#sandbox/clock.ts';
import { selectBody } from '#sandbox/sns/topic.ts';
import type { Region } from '#sandbox/state/region.ts';
import { silentJournal as journal } from '#wiring/silent-journal.ts';
import { type ExitCode, exitCodes } from '../context/cli-error.ts';
import { aftermathText } from '../render/aftermath.ts';
import { regionText } from '../render/fleet.ts';
import { lastingStoryText } from '../render/lasting-story.ts';
import { outcomeText, reportText } from '../render/report.ts';
import { sandboxWorld } from '../sandbox/sandbox-world.ts';
import { findWindowOpening } from '../sandbox/window-opening.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { lastingStory } from './lasting-story.ts';

/** The story is always the same. */
const storyDay = Date.parse('2026-11-23T00:00:00Z');
const secret = '5eed'.repeat(16);

/** Long enough for every group to replace its losses. */
const recoveryMs = 3 * 60_000;

const next = `
  ./chaos experiment run experiments/latency.yaml --sandbox
                          the same experiment on a shop that shows what it has after 100 ms
  npm run serve           keep this sandbox running: strike it with the aws CLI and curl, rehearse a stop
  ./chaos run --here      see what would happen in your own accounts; touches nothing
  ./chaos --help          list all commands
  chaos.config.ts         the configuration that this sandbox mirrors
  README.md               how to deploy in five minutes
`;

/**
 * Tells the story of `npm start`: the monkey at work on a sandbox that mirrors the configuration, and an experiment, which tells its
 * own.
 */
export async function story(
  config: Config,
  { out, paint }: Terminal,
  experiment: () => Promise<void>,
): Promise<ExitCode> {
  const clock = new VirtualClock({ startsAt: findWindowOpening(config, storyDay), jumps: true });
  const { sandbox, topic, world } = sandboxWorld({ config, clock, journal, newSecret: () => secret });
  const regions = config.accounts.flatMap(({ id, regions }) =>
    regions.map((region) => sandbox.account(id).region(region)),
  );
  const slot = new Date(clock.now()).toISOString();
  const starting = (id: string): Starting => ({
    clock,
    newId: () => id,
    invocationId: id,
    timeLeftMs: 300_000,
  });
  const runSlot = (id: string, dryRun: boolean): Promise<RunReport> =>
    run(startRun(parseRequest({ slot, dryRun }, config, faults), 'schedule', starting(id)), world);
  const chapter = (title: string) => out(`\n${paint(['bold', 'cyan'], `== ${title}`)}\n`);

  out(`${paint('bold', 'The serverless chaos monkey')}, on a sandbox. Nothing real is touched.`);

  chapter('The fleet. Groups opt in by a tag');
  out(fleetText(regions, (region) => regionText(region, config.tags, clock.now(), paint)));

  chapter(
    `A leashed run, ${localTime(config.schedule, clock.now())}. It decides, says why, and touches nothing`,
  );
  const leashed = await runSlot('00000001', true);
  out(reportText(leashed, paint, config.schedule.timeZone));

  chapter('The same slot, live. The same draws: what was predicted is what happens');
  if (config.leashed)
    out(
      'A deployed monkey would stay leashed, because chaos.config.ts says leashed: true. This one is unleashed.\n',
    );
  const before = new Set(regions.flatMap((region) => region.instances()).map(({ id }) => id));
  const live = await runSlot('00000002', false);
  out(outcomeText(live, paint, config.schedule.timeZone));

  chapter('The e-mail that reports it');
  const mail = topic.messages.at(-1);
  if (mail !== undefined) {
    const to = config.notifications.emails.join(', ') || 'nobody yet: notifications.emails is empty';
    out(indented(`To: ${to}\n${mailText({ subject: mail.subject, body: selectBody(mail, 'email') })}`));
  }

  await clock.advance(recoveryMs);
  chapter('Three minutes later. The groups have replaced what they lost');
  out(aftermathText(live.strikes, before, sandbox, paint));

  chapter('Have they recovered? The monkey verifies its strikes every five minutes');
  const verified = await verifyRun(startTask({ task: 'verify' }, 'schedule', starting('00000003')), world);
  out(outcomeText(verified, paint, config.schedule.timeZone));

  chapter('The same slot delivered again, as AWS may. Nothing is struck twice');
  const again = await runSlot('00000004', false);
  out(againText(again));

  chapter('Another fault, which lasts. Nobody is there to undo it');
  const lasting = await lastingStory(config, { startsAt: Date.parse(slot), secret });
  out(lastingStoryText(lasting, config.schedule.timeZone));
  chapter('The e-mail about it begins like this');
  if (lasting.mail !== undefined)
    out(indented(mailText(lasting.mail).split('\n\n').slice(0, 2).join('\n\n')));

  chapter(
    'An experiment. What if a function takes 300 ms longer? Real processes and real HTTP, on this machine',
  );
  await experiment();

  chapter('What next');
  out(next.slice(1, -1));
  const failures = [leashed, live, verified, again, lasting.report].reduce(
    (sum, { counts }) => sum + counts.failures + counts.failed,
    0,
  );
  return failures === 0 ? exitCodes.done : exitCodes.failed;
}

/** The regions that contain instances. */
function fleetText(regions: readonly Region[], textOf: (region: Region) => string): string {
  const filled = regions.filter((region) => region.instances().length > 0);
  const empty = regions.length - filled.length;
  return [
    ...filled.map(textOf),
    ...(empty > 0 ? [`  and ${empty} account-regions without an instance`] : []),
  ].join('\n');
}

function againText({ decisions }: RunReport): string {
  return decisions
    .filter(({ reason }) => reason.code === 'already-claimed')
    .map(({ group, reason }) => `  ${group}: ${reason.text}`)
    .join('\n');
}

function mailText({
  subject,
  body,
}: {
  readonly subject: string | undefined;
  readonly body: string;
}): string {
  return `Subject: ${subject}\n\n${body.trimEnd()}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  | ').replace(/^$/gm, '  |');
}
