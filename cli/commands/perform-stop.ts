import type { Region } from '#core/model/aws-names.ts';
import { awsErrorMessage } from '../context/aws-error-message.ts';
import type { CliContext } from '../context/cli-context.ts';
import { CliError, exitCodes } from '../context/cli-error.ts';
import { forgetNotFound, inTime, type StopProgress } from '../deployed/stop-progress.ts';
import { deploymentFlags, locateDeployment } from '../options/deployment-options.ts';
import { parseStopRequest, type StopRequest } from '../options/stop-request.ts';
import { accountsText } from '../render/accounts.ts';
import {
  faultsEndText,
  faultsNotEndedText,
  meanwhileText,
  notStoppedText,
  stoppedText,
} from '../render/stop.ts';
import { WaitNotice } from '../terminal/wait-notice.ts';

interface Stopped extends Pick<StopRequest, 'place'> {
  readonly region: Region;
}

/** Sets the stop. On failure, reports whether it may have been set anyway, and how to set it without this program. */
export async function performStop(
  words: readonly string[],
  given: Readonly<Record<string, unknown>>,
  context: CliContext,
): Promise<void> {
  const progress: StopProgress = { mayBeSet: () => false };
  const set = async () => stop(parseStopRequest(words, given), progress, context);
  const stopped = await inTime(set, () => meanwhileText(progress), context).catch((error: unknown) => {
    const { message, exitCode } = awsErrorMessage(error, 'set the stop');
    forgetNotFound(error, progress);
    throw new CliError(notStoppedText(message, progress), exitCode, error);
  });
  await endFaults(stopped, context);
}

/** The stop is set, whatever comes of this. */
async function endFaults({ region, place }: Stopped, context: CliContext): Promise<void> {
  const { terminal } = context;
  const flags = deploymentFlags(place);
  try {
    const { wakeJanitor } = await import('../deployed/wake-janitor.ts');
    if (await wakeJanitor({ all: true }, region, context)) terminal.note(faultsEndText(flags));
  } catch (error) {
    terminal.note(faultsNotEndedText(awsErrorMessage(error, 'start chaos_janitor').message, flags));
  }
}

async function stop(request: StopRequest, progress: StopProgress, context: CliContext): Promise<Stopped> {
  const { place, reason, json, remarks, unknown } = request;
  const { terminal, finish } = context;
  progress.reason = reason;
  progress.profile = place.profile;
  const waiting = new WaitNotice(terminal);
  // Loads code while another process reads the configuration.
  const [{ region, account: master, config }, { setStop }] = await Promise.all([
    locateDeployment(place, context),
    import('../deployed/set-stop.ts'),
  ]);
  progress.region = region;
  progress.account = master;
  const set = await setStop({ reason, region, table: place.table, master }, progress, waiting, context);

  for (const remark of remarks) terminal.note(remark);
  const undo = `./chaos resume${deploymentFlags(place)}`;
  terminal.out(
    json
      ? JSON.stringify({ stopped: true, ...set }, null, 2)
      : await stoppedText(set, undo, config?.timeZone),
  );
  if (set.account !== null && master !== undefined && set.account !== master) {
    terminal.note(
      `WRONG ACCOUNT? ${accountsText(set.account, master)}\n` +
        `  The deployment in ${set.account} is stopped. The deployment in ${master} is NOT STOPPED.`,
    );
    finish(exitCodes.failed);
  }
  if (unknown.length > 0) {
    terminal.note(
      `NOT UNDERSTOOD: ${unknown.join(' ')}. The stop is set anyway, in ${region}, table ${set.table}. See: ./chaos stop --help`,
    );
    finish(exitCodes.failed);
  }
  return { region, place };
}
