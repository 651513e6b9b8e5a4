import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

const look = RequestQueue.prototype.scheduleCheckPendingRequests;

/**
 * kafkajs looks into the queue of each connection every millisecond, even when it is empty, and asks for it with a
 * negative time. Here it looks when something is there: half the processor time of a process that waits.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
RequestQueue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) look.call(this);
};
