import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type LoopbackServer, listenOnLoopback } from './loopback.ts';

/** Lambda's Runtime API for the environments of one function: hands each event to one of them, and waits for what it answers. */
export interface RuntimeApi extends LoopbackServer {
  /** Resolves once so many environments wait for an event. Rejects with what one of them says of its start if that fails. */
  ready(environments: number): Promise<void>;
  /** Resolves with the handler's answer, rejects with its error. */
  invoke(event: unknown, timeoutMs: number): Promise<unknown>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly timeoutMs: number;
  settle(outcome: { readonly answer: unknown } | { readonly error: Error }): void;
}

export async function startRuntimeApi(): Promise<RuntimeApi> {
  /** Long polls of idle environments, and events for which there is none. The one that is idle longest is next. */
  const idle: ServerResponse[] = [];
  const queue: Invocation[] = [];
  const running = new Map<string, Invocation>();
  const readiness = new Set<() => void>();
  const initError = Promise.withResolvers<never>();
  initError.promise.catch(() => {});
  let count = 0;

  const handOut = () => {
    for (;;) {
      const [response, invocation] = [idle[0], queue[0]];
      if (response === undefined || invocation === undefined) return;
      idle.shift();
      queue.shift();
      running.set(invocation.id, invocation);
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'lambda-runtime-aws-request-id': invocation.id,
          'lambda-runtime-deadline-ms': Date.now() + invocation.timeoutMs,
        })
        .end(JSON.stringify(invocation.event));
      setTimeout(() => timeOut(invocation), invocation.timeoutMs).unref();
    }
  };
  const settle = (id: string, outcome: Parameters<Invocation['settle']>[0]) => {
    running.get(id)?.settle(outcome);
    running.delete(id);
  };
  const timeOut = ({ id, timeoutMs }: Invocation) => {
    settle(id, {
      error: namedError('Sandbox.Timedout', `Task timed out after ${timeoutMs / 1_000} seconds`),
    });
  };

  const server = await listenOnLoopback((request, response) => {
    const [, , , , id = '', kind] = (request.url ?? '').split('/');
    if (id === 'next') {
      idle.push(response);
      response.on('close', () => {
        const at = idle.indexOf(response);
        if (at >= 0) idle.splice(at, 1);
      });
      for (const look of readiness) look();
      handOut();
      return;
    }
    text(request)
      .then((body) => {
        response.writeHead(202).end();
        const said: unknown = JSON.parse(body);
        if (id === 'error') initError.reject(errorIn(said));
        if (kind === 'response') settle(id, { answer: said });
        if (kind === 'error') settle(id, { error: errorIn(said) });
      })
      .catch(() => response.destroy());
  });
  return {
    ...server,
    ready: (environments) => {
      const enough = new Promise<void>((resolve) => {
        const look = () => {
          if (idle.length < environments) return;
          readiness.delete(look);
          resolve();
        };
        readiness.add(look);
        look();
      });
      return Promise.race([enough, initError.promise]);
    },
    invoke: (event, timeoutMs) =>
      new Promise((resolve, reject) => {
        count += 1;
        queue.push({
          ...{ id: `invocation-${count}`, event, timeoutMs },
          settle: (outcome) => ('error' in outcome ? reject(outcome.error) : resolve(outcome.answer)),
        });
        handOut();
      }),
  };
}

function errorIn(said: unknown): Error {
  const { errorType = 'Error', errorMessage = '' } = Object(said);
  return namedError(String(errorType), String(errorMessage));
}

function namedError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
