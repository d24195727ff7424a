// What the runtime loads in the place of a handler that it would require.
exports.handler = globalThis[Symbol.for('chaos-failure-layer')].requireHandler();
