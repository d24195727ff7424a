import { controlPlaneTag } from '#core/model/control-plane.ts';
import { documentContent } from '#documents/document-content.ts';
import { documents } from '#documents/documents.ts';
import type { Instance } from '#sandbox/ec2/instance.ts';
import type { ManagedNode } from '#sandbox/ssm/managed-node.ts';
import { optIn, type StrikeWorld } from './a-strike-world.ts';
import type { FaultCase, StruckResource } from './fault-case.ts';

/** The documents as a stack of ours leaves them: with its tag, and with that of people who opt in whole stacks. */
export function addDocuments({ region }: StrikeWorld): void {
  for (const document of documents) {
    region.documents.add({
      name: document.name,
      content: documentContent(document),
      tags: { [controlPlaneTag.key]: controlPlaneTag.value, ...optIn },
    });
  }
}

function struck(world: StrikeWorld, instance: Instance, document: string): StruckResource {
  const { clock } = world;
  const active = () => instance.node?.effectsAt(clock.now()) ?? [];
  return {
    find: () => world.find('web'),
    describe: () => ({ state: instance.stateAt(clock.now()), active: active() }),
    isBroken: () => active().some((effect) => effect.document === document),
    // Without its agent it takes no command; and a reboot ends whatever one has begun.
    change: (when) => {
      if (when === 'active') instance.reboot(clock.now());
      else if (instance.node !== undefined) instance.node.ping = 'ConnectionLost';
    },
    changeEndsIt: true,
    delete: () => instance.terminate(clock.now()),
    setTags: (tags) => instance.setTags(tags),
  };
}

const standalone =
  (document: string, { isManaged = true, node }: { isManaged?: boolean; node?: Partial<ManagedNode> } = {}) =>
  (world: StrikeWorld): StruckResource => {
    addDocuments(world);
    const instance = world.region.instance({ isManaged, tags: { ...optIn, 'chaos:group': 'web' } });
    if (instance.node !== undefined) Object.assign(instance.node, node);
    return struck(world, instance, document);
  };

const inGroup =
  (document: string) =>
  (world: StrikeWorld): StruckResource => {
    addDocuments(world);
    const group = world.region.autoScalingGroup({ name: 'web', desired: 1, isManaged: true, tags: optIn });
    const [member] = group.members;
    if (member === undefined) throw new Error('the group is empty');
    return struck(world, member.instance, document);
  };

/** The case of a fault that a document of SSM does to an instance. */
export function commandCase(document: string, parameters: object): FaultCase {
  const chosen = { ...parameters, minutes: 5 };
  const unfit = (title: string, reason: RegExp, seed: Parameters<typeof standalone>[1]) => ({
    ...{ title, reason, parameters: chosen },
    create: standalone(document, seed),
  });
  return {
    variants: [
      { title: 'standalone', parameters: chosen, create: standalone(document) },
      { title: 'in an Auto Scaling group', parameters: chosen, create: inGroup(document) },
    ],
    unfit: [
      unfit('without an agent', /not managed/, { isManaged: false }),
      unfit('whose agent is gone', /ConnectionLost/, { node: { ping: 'ConnectionLost' } }),
      unfit('on Windows', /Windows/, { node: { platform: 'Windows' } }),
      unfit('with an old agent', /3\.3\.987\.0/, { node: { agentVersion: '3.3.987.0' } }),
    ],
  };
}
