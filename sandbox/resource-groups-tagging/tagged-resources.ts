import type { Tags } from '#core/model/group.ts';
import type { Region } from '../state/region.ts';

/** A resource as the Resource Groups Tagging API lists it. */
export interface TaggedResource {
  readonly arn: string;
  readonly tags: Tags;
  /** As a filter names it: `lambda:function`. */
  readonly type: string;
}

type Source = (region: Region, now: number) => readonly TaggedResource[];

/** Where they come from: a line for each kind. What is not here, AWS does not list either: groups of Auto Scaling, roles. */
const sources: readonly Source[] = [
  ({ functions }) => functions.all.map(listedAs('lambda:function')),
  ({ functions }) => [...functions.mappings.values()].map(listedAs('lambda:event-source-mapping')),
  ({ parameters }) => parameters.all.map(listedAs('ssm:parameter')),
  ({ documents }) => documents.all.map(listedAs('ssm:document')),
  ({ queues }) => queues.all.map(listedAs('sqs')),
  ({ topics }) => [...topics.values()].map(listedAs('sns')),
  ({ buckets }) => buckets.all.map(listedAs('s3')),
  ({ apis }) => apis.all.map(listedAs('apigateway:apis')),
  (region) => [...region.tables.values()].map((table) => listedAs('dynamodb:table')(region.control(table))),
  ({ schedules }) => [...schedules.groups.values()].map(listedAs('scheduler:schedule-group')),
  (region, now) =>
    region
      .instancesAt(now)
      .filter((instance) => instance.isListedAt(now))
      .map(({ id, tags }) => listedAs('ec2:instance')({ arn: region.instanceArn(id), tags })),
];

/** Those that have tags. */
export function taggedResources(region: Region, now: number): readonly TaggedResource[] {
  return sources.flatMap((source) => source(region, now)).filter(({ tags }) => Object.keys(tags).length > 0);
}

function listedAs(type: string): (resource: Omit<TaggedResource, 'type'>) => TaggedResource {
  return ({ arn, tags }) => ({ arn, tags, type });
}
