// What the runtime loads in the place of a handler that it would import.
export const handler = await globalThis[Symbol.for('chaos-failure-layer')].importHandler();
