import { describe, expect, test } from 'vitest';
import { draws } from '#core/draws/draw.ts';
import { pickFault } from '#core/draws/pick-fault.ts';
import type { ChosenFault, Fault } from '#core/model/fault.ts';
import { registry } from '#core/model/fault-registry.ts';
import { faults as ofInstances } from '#faults/registry.ts';
import { aConfig } from '../../support/a-config.ts';
import { aGroup } from '../../support/a-group.ts';

const [first] = ofInstances.values();
if (first === undefined) throw new Error('there are no faults');
const queuePurge: Fault = { ...first, name: 'queue-purge', kind: 'queue' };
const faults = registry([...ofInstances.values(), queuePurge]);
const chosen = (name: string): ChosenFault => ({ name, parameters: {} });
const enabled = ['queue-purge', 'ec2-stop', 'ec2-reboot'].map(chosen);

function picked(kind: string, tag?: string, requested?: string, config = { ...aConfig(), faults: enabled }) {
  const tags = { 'chaos:opt-in': 'true', ...(tag !== undefined && { 'chaos:faults': tag }) };
  const request = requested === undefined ? undefined : chosen(requested);
  return pickFault(aGroup({ tags }), { config, faults, kind }, request, draws('secret', 'slot'));
}

describe('the fault for a group', () => {
  test('is the first of the configuration that is one for its kind of target', () => {
    expect(picked('ec2-instance')).toEqual(chosen('ec2-stop'));
    expect(picked('queue')).toEqual(chosen('queue-purge'));
  });

  test('is refused where none of the configuration is', () => {
    const config = { ...aConfig(), faults: [chosen('queue-purge')] };
    expect(picked('ec2-instance', undefined, undefined, config)).toEqual({
      notAllowed: 'none of the enabled faults applies to targets of kind ec2-instance: queue-purge',
    });
  });

  test('is refused where its tag names one of another kind, among others or alone', () => {
    const because = 'queue-purge does not apply to targets of kind ec2-instance';
    for (const tag of ['queue-purge', 'ec2-stop queue-purge', 'queue-purge ec2-reboot']) {
      expect(picked('ec2-instance', tag)).toEqual({ notAllowed: `chaos:faults="${tag}": ${because}` });
    }
  });

  test('is refused where one of another kind is asked for, whatever its tag says', () => {
    const notAllowed = 'the requested fault queue-purge does not apply to targets of kind ec2-instance';
    expect(picked('ec2-instance', undefined, 'queue-purge')).toEqual({ notAllowed });
    expect(picked('ec2-instance', 'ec2-stop', 'queue-purge')).toEqual({ notAllowed });
  });

  test('is the one asked for where that is of its kind, and its tag allows it', () => {
    expect(picked('ec2-instance', undefined, 'ec2-reboot')).toEqual(chosen('ec2-reboot'));
    expect(picked('ec2-instance', 'ec2-stop ec2-reboot', 'ec2-reboot')).toEqual(chosen('ec2-reboot'));
    expect(picked('ec2-instance', 'ec2-stop', 'ec2-reboot')).toEqual({
      notAllowed: 'the requested fault ec2-reboot is not in its tag chaos:faults="ec2-stop"',
    });
  });
});
