import type { Announcer } from '#core/ports/announcer.ts';

/** For runs whose caller sees what comes of them. */
export const silentAnnouncer: Announcer = {
  announce: async () => {},
  announcePlan: async () => {},
  raiseAlarm: async () => {},
};
