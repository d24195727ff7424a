import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Tags } from '#core/model/group.ts';
import type { GroupMember } from '#sandbox/auto-scaling/instance-launcher.ts';
import type { Region } from '#sandbox/state/region.ts';
import { type LocalProcess, startProcess } from './child-process.ts';
import { type LoadBalancer, startLoadBalancer } from './load-balancer.ts';

/** The load-balanced pair on this machine. */
export interface LocalWeb {
  /** Of the load balancer: `http://127.0.0.1:54321` */
  readonly url: string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('../web/instance.mjs', import.meta.url));
const groupSize = 2;
const lookEveryMs = 20;

/**
 * Starts a group of two behind a load balancer. The group is the sandbox's, which must run on the system's clock: where that launches
 * an instance, a process starts; where it terminates one, the process is killed, and drained before if Auto Scaling does it.
 */
export async function startWeb({
  region,
  tags,
}: {
  readonly region: Region;
  readonly tags: Tags;
}): Promise<LocalWeb> {
  const balancer = await startLoadBalancer();
  const group = region.autoScalingGroup({ name: 'web', desired: groupSize, tags });
  const instances = new Map<string, WebInstance>();
  const look = () => {
    const now = Date.now();
    for (const member of region.groupsAt(now).get(group.name)?.members ?? []) {
      const { id } = member.instance;
      const instance = instances.get(id) ?? new WebInstance(id, balancer);
      instances.set(id, instance);
      instance.follow(member, now);
    }
  };
  look();
  await Promise.all([...instances.values()].map(({ inService }) => inService));
  const looking = setInterval(look, lookEveryMs);
  return {
    url: `http://${balancer.host}`,
    stop: async () => {
      clearInterval(looking);
      await Promise.all([...instances.values()].map((one) => one.kill()));
      await balancer.close();
    },
  };
}

/** An instance of the sandbox as a process. */
class WebInstance {
  /** Resolves once the load balancer knows it. Rejects if its process fails to start. */
  readonly inService: Promise<void>;
  readonly #process: LocalProcess;
  readonly #balancer: LoadBalancer;
  readonly #host: Promise<string>;
  readonly #running = Promise.withResolvers<void>();
  #isLeaving = false;

  constructor(id: string, balancer: LoadBalancer) {
    this.#balancer = balancer;
    this.#process = startProcess([program], { INSTANCE_ID: id }, { output: 'pipe' });
    this.#host = hostOf(this.#process);
    this.inService = Promise.all([this.#host, this.#running.promise]).then(([host]) =>
      balancer.register(host),
    );
    this.inService.catch(() => {});
  }

  /** Does what EC2 and Auto Scaling have done to it. */
  follow({ instance, leaving }: GroupMember, now: number): void {
    const state = instance.stateAt(now);
    if (state === 'running') this.#running.resolve();
    if (leaving !== undefined) void this.#leave();
    // Nobody else is told: that it is gone is up to the health checks to find out.
    else if (state === 'shutting-down' || state === 'terminated') void this.kill();
  }

  kill(): Promise<void> {
    return this.#process.kill();
  }

  /** Auto Scaling takes it out of the balancer first; one that has died before, it takes out as well. */
  async #leave(): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    await this.#balancer.deregister(await this.#host);
    await this.kill();
  }
}

/** The program prints its port. */
async function hostOf({ child }: LocalProcess): Promise<string> {
  if (child.stdout === null) throw new Error('its output is not read');
  const [port] = await once(createInterface(child.stdout), 'line');
  return `127.0.0.1:${port}`;
}
