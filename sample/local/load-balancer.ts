import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { listenOnLoopback } from './loopback.ts';

/** An Application Load Balancer on loopback, ten times as fast: it asks its targets each second whether they are healthy. */
const checkEveryMs = 1_000;
const checkTimeoutMs = 500;
/** So many checks in a row must fail until a target gets no more requests, or pass until it gets them again. */
const threshold = 2;

interface Target {
  readonly host: string;
  readonly agent: Agent;
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  /** Checks in a row that said otherwise than `state`. */
  otherwise: number;
  inFlight: number;
  drained: () => void;
}

export interface LoadBalancer {
  /** `127.0.0.1:54321` */
  readonly host: string;
  /** It gets requests once it has passed one health check. */
  register(host: string): void;
  /** It gets no more requests; resolves when those that it has are answered. */
  deregister(host: string): Promise<void>;
  close(): Promise<void>;
}

export async function startLoadBalancer(): Promise<LoadBalancer> {
  const targets = new Map<string, Target>();
  let turn = 0;
  const next = (): Target | undefined => {
    const all = [...targets.values()].filter(({ state }) => state !== 'draining');
    const healthy = all.filter(({ state }) => state === 'healthy');
    // "If there are only unhealthy targets, it routes requests to all of them": Elastic Load Balancing User Guide.
    const among = healthy.length > 0 ? healthy : all;
    turn += 1;
    return among[turn % among.length];
  };
  const server = await listenOnLoopback((incoming, response) => {
    const target = next();
    if (target === undefined) response.writeHead(503).end();
    else forward(incoming, response, target);
  });
  const checking = setInterval(() => {
    for (const target of targets.values()) void check(target);
  }, checkEveryMs);
  return {
    host: server.host,
    register: (host) => {
      const agent = new Agent({ keepAlive: true });
      const target: Target = { host, agent, state: 'initial', otherwise: 0, inFlight: 0, drained: () => {} };
      targets.set(host, target);
      void check(target);
    },
    deregister: async (host) => {
      const target = targets.get(host);
      if (target === undefined) return;
      target.state = 'draining';
      if (target.inFlight > 0) {
        await new Promise<void>((resolve) => {
          target.drained = resolve;
        });
      }
      targets.delete(host);
      target.agent.destroy();
    },
    close: async () => {
      clearInterval(checking);
      for (const { agent } of targets.values()) agent.destroy();
      await server.close();
    },
  };
}

function forward(incoming: IncomingMessage, response: ServerResponse, target: Target): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const outgoing = request(`http://${target.host}${url}`, { method, headers, agent: target.agent });
  target.inFlight += 1;
  response.once('close', () => {
    target.inFlight -= 1;
    if (target.inFlight === 0) target.drained();
  });
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  incoming.pipe(outgoing);
}

async function check(target: Target): Promise<void> {
  const signal = AbortSignal.timeout(checkTimeoutMs);
  const passes = await fetch(`http://${target.host}/health`, { signal })
    .then(async (answer) => (await answer.text()) !== '' && answer.ok)
    .catch(() => false);
  const seen = passes ? 'healthy' : 'unhealthy';
  if (target.state === 'draining') return;
  target.otherwise = target.state === seen ? 0 : target.otherwise + 1;
  if (target.otherwise < threshold && target.state !== 'initial') return;
  target.state = seen;
  target.otherwise = 0;
}
