/** As it is deployed; users invoke it by this name. */
export const functionName = 'chaos_monkey';
