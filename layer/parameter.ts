/** The environment variable that names the function's parameter. */
export const parameterVariable = 'CHAOS_FAILURE_PARAMETER';
/** What the names of parameters begin with: the control plane's roles reach no others. */
export const parameterFolder = '/chaos/failures/';
/** The tag of a parameter that names its function. */
export const functionTag = 'chaos:function';
