/** What every service can say, each in its own words. */
export interface CommonErrors {
  throttled(): Error;
  denied(message: string): Error;
  /** The credentials have expired. */
  expired(): Error;
  /** The credentials are not known. */
  unknown(): Error;
}
