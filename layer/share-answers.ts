import { BroadcastChannel } from 'node:worker_threads';
import type { Answer } from './failure-reader.ts';

/**
 * Shares what one worker thread of an environment has read with the others: eight of them would ask eight times as often. Returns
 * what tells them.
 */
export function shareAnswers(take: (answer: Answer) => void): (answer: Answer) => void {
  const channel = new BroadcastChannel('chaos-failure-layer');
  channel.onmessage = (message) => take((message as { readonly data: Answer }).data);
  channel.unref();
  return (answer) => channel.postMessage(answer);
}
