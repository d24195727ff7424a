import type { ControlPort } from '#core/experiment/engine/ports.ts';
import type { CliContext } from '../../context/cli-context.ts';

/** What a report says of who stopped it. */
const names: Partial<Record<NodeJS.Signals, string>> = {
  SIGINT: 'Ctrl-C',
  SIGHUP: 'SIGHUP: its terminal was closed',
};

/** The first Ctrl-C or other signal stops the experiment; after it, another one ends the process as always. */
export function stoppedBySignal({ onInterrupt, terminal }: Pick<CliContext, 'onInterrupt' | 'terminal'>): {
  readonly control: ControlPort;
  readonly release: () => void;
} {
  let by: string | undefined;
  const release = onInterrupt((signal) => {
    by = names[signal] ?? signal;
    terminal.note('Stopping: what was injected is undone first. Another Ctrl-C ends it at once.');
    release();
  });
  return {
    release,
    control: {
      stopped: async () => (by === undefined ? undefined : { by }),
      renewLease: async () => {},
      announce: async (news) => {
        if (news.is === 'injected') terminal.note('The fault is in place.');
      },
    },
  };
}
