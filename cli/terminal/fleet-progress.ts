import type { Fleet } from '#core/ports/fleet.ts';
import { counted } from '#core/util/format.ts';

/** Wraps a fleet to describe how far a run on it has progressed. */
export function trackFleet(fleet: Fleet): { readonly fleet: Fleet; readonly text: () => string } {
  let places = 0;
  let groups = 0;
  let inspected = 0;
  return {
    fleet: {
      ...fleet,
      survey: (accounts, run, see) => {
        places = accounts.reduce((sum, { regions }) => sum + regions.length, 0);
        return fleet.survey(accounts, run, (group) => {
          groups += 1;
          return see(group);
        });
      },
      inspect: (drawn, run) => {
        inspected += drawn.length;
        return fleet.inspect(drawn, run);
      },
    },
    text: () => {
      const inspectedText = inspected === 0 ? '' : `, ${counted(inspected, 'drawn group')} inspected`;
      return `Surveying ${counted(places, 'account-region')}: ${counted(groups, 'group')} seen${inspectedText}`;
    },
  };
}
