/** The environment variable that names the function's parameter. */
export const parameterVariable = 'CHAOS_FAILURE_PARAMETER';
/** That says, in ms, how often the parameter is read: for demonstrations and tests, where nobody shares Parameter Store's throughput. */
export const pollVariable = 'CHAOS_FAILURE_POLL_MS';
/** What the names of parameters begin with: the control plane's roles reach no others. */
export const parameterFolder = '/chaos/failures/';
/** The tag of a parameter that names its function. */
export const functionTag = 'chaos:function';
