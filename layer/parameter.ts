/** The environment variable that names the function's parameter. */
export const parameterVariable = 'CHAOS_FAILURE_PARAMETER';
/** That says, in ms, how often the parameter is read: for demonstrations and tests, where nobody shares Parameter Store's throughput. */
export const pollVariable = 'CHAOS_FAILURE_POLL_MS';
/** What the names of parameters begin with: the control plane's roles reach no others. */
export const parameterFolder = '/chaos/failures/';
/** The tag of a parameter that names its function. */
export const functionTag = 'chaos:function';
/** How often the parameter is read while nothing is injected, give or take a part of it: environments are not to read all at once. */
export const idleReadMs = 60_000;
export const readJitter = 0.1;
/** So long a function that is invoked all the time may go on before it reads what has changed. */
export const longestUnreadMs = (1 + readJitter) * idleReadMs;
