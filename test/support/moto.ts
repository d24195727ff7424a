import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { isOnPath } from './is-on-path.ts';

export interface Moto {
  /** `http://127.0.0.1:PORT`, for every service. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Whether `moto_server` is on the PATH. */
export function motoAvailable(): boolean {
  return isOnPath('moto_server');
}

/** Prints that tests were skipped because moto is missing. Throws if `CHAOS_REQUIRE_MOTO` requires them. */
export function sayWithoutMoto(leftOut: string): void {
  if (process.env.CHAOS_REQUIRE_MOTO !== undefined) {
    throw new Error(`CHAOS_REQUIRE_MOTO is set and moto_server is not on the PATH: ${leftOut}`);
  }
  process.stderr.write(
    `LEFT OUT: ${leftOut}: moto_server is not on the PATH (pipx install 'moto[server]')\n`,
  );
}

/** Starts a moto server on a free port. */
export async function startMoto(): Promise<Moto> {
  // Port 0: the server picks a free port and prints it, so that no other process can take it in between.
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => {
    server.once('close', () => resolve());
    server.once('error', () => resolve());
  });
  const stop = async () => {
    process.removeListener('exit', kill);
    kill();
    await ended;
  };

  const said: string[] = [];
  try {
    const endpoint = await new Promise<string>((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`moto_server ${reason}\n${said.join('\n')}`));
      server.once('error', (error) => fail(`could not be started: ${error.message}`));
      server.once('close', (code) => fail(`ended with code ${code}`));
      // Keeps reading: a full pipe would block the server.
      createInterface(server.stderr).on('line', (line) => {
        const url = /Running on (http:\/\/\S+)/.exec(line)?.[1];
        if (url === undefined) {
          if (said.length < 20) said.push(line);
          return;
        }
        resolve(url);
      });
    });
    return { endpoint, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
