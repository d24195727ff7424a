import { describe } from 'vitest';
import type { Calendar } from '#core/calendar/calendar.ts';
import { selectGuards } from '#core/guards/guard.ts';
import { listGuards } from '#core/guards/index.ts';
import { aGroup } from '../../support/a-group.ts';
import { aGuardContext, mondayMorning } from '../../support/a-guard-context.ts';
import { guardTable, listed, raise } from '../../support/guard-table.ts';

const frozen = (calendar: Partial<Calendar>) => ({
  calendar: { ...aGuardContext().calendar, ...calendar },
});
const untilChristmas = { reason: 'peak season', until: Date.parse('2026-12-27T00:00:00Z') };

describe('the guards of every target on its listing', () => {
  guardTable(
    selectGuards(listGuards([]), 'listing'),
    listed({
      'not-opted-in': {
        passes: [['the tag and its value', aGroup(), 'the group has the tag chaos:opt-in=true']],
        refuses: [
          ['no tag', aGroup({ tags: {} }), 'the group has no tag chaos:opt-in=true'],
          [
            'another value',
            aGroup({ tags: { 'chaos:opt-in': 'True' } }),
            'the group has no tag chaos:opt-in=true',
          ],
        ],
      },
      'own-control-plane': {
        passes: [
          ['anything else', aGroup(), 'it is not part of the control plane'],
          [
            'a name that only begins alike',
            aGroup({ name: 'chaosium' }),
            'it is not part of the control plane',
          ],
        ],
        refuses: [
          [
            'what our stacks have tagged',
            aGroup({ tags: { 'chaos:opt-in': 'true', 'chaos:control-plane': 'true' } }),
            'it has the tag chaos:control-plane=true',
          ],
          [
            'a name of ours',
            aGroup({ name: 'chaos_janitor' }),
            "its name is one of the control plane's: chaos_janitor",
          ],
          [
            "a name of CDK's bootstrap",
            aGroup({ name: 'cdk-hnb659fds-deploy-role' }),
            "its name is one of the control plane's: cdk-hnb659fds-deploy-role",
          ],
        ],
      },
      frozen: {
        passes: [['what no freeze is of', aGroup(), 'no freeze of the group or its account']],
        refuses: [
          [
            'what the calendar says is frozen now',
            aGroup({ name: 'payment-web' }),
            'frozen until Sun 2026-12-27 00:00 UTC: peak season',
            frozen({
              freezeOf: ({ name }, moment) =>
                name === 'payment-web' && moment === mondayMorning ? untilChristmas : undefined,
            }),
          ],
        ],
        unknown: [
          [
            'when the calendar throws',
            aGroup(),
            'could not be checked: no such zone',
            frozen({ freezeOf: () => raise('no such zone') }),
          ],
        ],
      },
    }),
  );
});
