import * as z from 'zod';
import type { Experiment } from '../../model/experiment.ts';
import { timeFrom } from '../../util/time.ts';
import { foreignAlarms } from './alarm-places.ts';
import type { FileMistake } from './choose-fault.ts';
import { clashMistakes } from './clashes.ts';
import { CronSchedule, runsTooClose, scheduleOver } from './cron-schedule.ts';
import { hostMistakes } from './host-limits.ts';
import type { Known } from './known.ts';
import { inOrder, orderMistakes } from './order.ts';
import { judgedProbeSchema, loadSchema, observationSchema } from './probe-schema.ts';
import { rampSchema, resolveStages } from './ramp.ts';
import { rareSamples } from './rare-samples.ts';
import { stepSchema } from './step-schema.ts';
import { rateMistakes, sameNames, waitingMistakes } from './totals.ts';
import { listOf, Name, Share, textUpTo } from './values.ts';

const hour = 60 * 60_000;
const mostFalseAlarms = 0.1;

const anAlarm = 'expected the ARN of a CloudWatch alarm';

const StopCondition = z.strictObject({
  name: Name.describe('Unique among the stop conditions.'),
  type: z.literal('cloudwatch-alarm', 'expected cloudwatch-alarm').describe('The only type there is.'),
  arn: z
    .string(anAlarm)
    .regex(/^arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d{12}:alarm:[^*?]{1,255}$/, anAlarm)
    .describe('The alarm that aborts the experiment when it fires.'),
});

/** What people write. */
function fileSchema(known: Known) {
  return z.strictObject(
    {
      version: z.literal('chaos/v1', 'expected chaos/v1').describe('Of this format.'),
      title: textUpTo(200).describe('The question that the experiment answers.'),
      hypothesis: z
        .strictObject(
          {
            if: textUpTo(500).describe('What is done to it.'),
            // biome-ignore lint/suspicious/noThenProperty: the field's word, and a text is no function.
            then: textUpTo(500).describe('What users notice of it at most.'),
          },
          'expected { if: ..., then: ... }',
        )
        .describe('What is expected, in words.'),
      owner: textUpTo(200).describe('The team that acts on the answer.'),
      tags: listOf(textUpTo(100), 0, 20).default([]).describe('For finding it again.'),
      notes: z
        .string('expected a text')
        .max(10_000, 'expected a text of up to 10000 characters')
        .default('')
        .describe('Whatever people should know of it.'),
      steadyState: z
        .strictObject({
          baseline: timeFrom(1_000, hour)
            .prefault('60s')
            .describe(
              'How long it must hold before anything is injected, at least three samples of each probe.',
            ),
          falseAlarms: Share.refine(
            (share) => share > 0 && share <= mostFalseAlarms,
            'expected a share above 0%, up to 10%',
          )
            .prefault('1%')
            .describe('The probability of a false alarm, over all probes and stages.'),
          probes: listOf(judgedProbeSchema(known), 1, 20).describe(
            'What is measured, from the baseline to the recovery.',
          ),
        })
        .describe('How users see that all is well.'),
      observations: listOf(observationSchema(known), 0, 20)
        .default([])
        .describe('Probes without a tolerance: measured and shown, but not judged.'),
      load: listOf(loadSchema(known), 0, 20)
        .default([])
        .describe(
          'Requests that the experiment makes, so that there is traffic to break. Shown, but not judged.',
        ),
      method: listOf(stepSchema(known), 1, 20).describe('What is done, in order.'),
      stopConditions: listOf(StopCondition, 0, 20).default([]).describe('What aborts the experiment.'),
      ramp: rampSchema(known)
        .optional()
        .describe('Grows the blast radius, stage by stage. Left out: there is one stage.'),
      recovery: z
        .strictObject({
          within: timeFrom(1_000, 24 * hour)
            .prefault('5m')
            .describe(
              'How long after the last fault the steady state must hold again, at least three samples of each probe.',
            ),
        })
        .prefault({})
        .describe('What is expected once all is undone.'),
      schedule: CronSchedule.exactOptional().describe('When it runs by itself.'),
      notify: z
        .strictObject({
          lead: timeFrom(0, 24 * hour)
            .prefault('0s')
            .describe('How long before the first fault people are told.'),
        })
        .prefault({})
        .describe('When people are told.'),
    },
    'expected an experiment: version, title, hypothesis, and so on',
  );
}

/** The file of an experiment, and what its parts say of each other. */
export function experimentSchema(known: Known): z.ZodType<Experiment> {
  return fileSchema(known).transform(
    ({ steadyState, ramp, recovery, notify, method, observations, load, ...file }, { addIssue }) => {
      const steps = inOrder(method);
      const { stages, mistakes } = resolveStages(ramp ?? { stages: [{}] }, steps, known);
      const { probes, baseline: baselineMs, falseAlarms } = steadyState;
      const all: readonly FileMistake[] = [
        ...sameNames(['steadyState', 'probes'], probes),
        ...sameNames(['observations'], observations, probes),
        ...sameNames(['load'], load, [...probes, ...observations]),
        ...sameNames(['method'], steps),
        ...sameNames(['stopConditions'], file.stopConditions),
        ...foreignAlarms(file.stopConditions, known.config),
        ...rateMistakes([...probes, ...observations, ...load], known.config.experiments),
        ...waitingMistakes([...probes, ...observations, ...load]),
        ...orderMistakes(steps),
        ...mistakes,
      ];
      const experiment = {
        ...file,
        steadyState: { baselineMs, falseAlarms, probes },
        observations: [...observations, ...load],
        method: steps,
        stages,
        pauseMs: ramp?.pause ?? 0,
        recovery: { withinMs: recovery.within },
        notify: { leadMs: notify.lead },
      };
      // An order without a beginning has no length.
      const found =
        all.length > 0
          ? all
          : [
              ...rareSamples(experiment),
              ...hostMistakes(experiment),
              ...runsTooClose(experiment),
              ...scheduleOver(experiment, known.now),
              ...clashMistakes(experiment, known),
            ];
      for (const { path, message } of found) addIssue({ code: 'custom', path: [...path], message });
      return experiment;
    },
  );
}
