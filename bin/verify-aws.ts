import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callsInFlight, makeClients } from '#aws/clients/clients.ts';
import { systemClock as clock } from '#aws/clients/clock.ts';
import { awsErrorMessage } from '#cli/context/aws-error-message.ts';
import { verify } from '#verify-aws/verify.ts';
import { printExpectedErrors } from './print-expected-errors.ts';

/** `npm run verify:aws`. Ctrl-C ends the checks, and what they have created is removed all the same; a second one is not waited for. */
const ending = new AbortController();
let interrupts = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interrupts += 1;
    // npm forwards what the terminal has sent already.
    if (interrupts === 1) console.error('\nInterrupted. Removing what was created; this can take minutes.');
    if (interrupts > 3) process.exit(1);
    ending.abort();
  });
}

await printExpectedErrors(async () => {
  process.exitCode = await verify(process.argv.slice(2), {
    out: (text) => console.log(text),
    note: (text) => console.error(text),
    env: process.env,
    signal: ending.signal,
    callerAccount: async (region) => {
      const client = makeClients({ clock, concurrency: callsInFlight })(STSClient, { region });
      try {
        return (await client.send(new GetCallerIdentityCommand({}))).Account ?? 'nobody';
      } catch (error) {
        throw awsErrorMessage(error, 'find out whose credentials these are');
      }
    },
  });
});
