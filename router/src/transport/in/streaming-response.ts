import type { ServerResponse } from 'node:http';
import type { Timers } from '../../system/clock.ts';
import type { Logger } from '../../system/logger.ts';

/** What all streams of a router share. */
export interface StreamingOptions {
  readonly timers: Timers;
  readonly log: Logger;
  readonly heartbeatMs: number;
  /** What a client that does not read is kept ready for it, in bytes; beyond that it is cut off. */
  readonly maxBufferedBytes: number;
}

/** What a stream begins with and what it says when there is nothing to say. */
export interface StreamFrame {
  readonly contentType: string;
  readonly opening: string;
  readonly heartbeat: string;
}

/** A response that stays open: what is written goes out at once. The client must still be there when it begins. */
export class StreamingResponse {
  private readonly stopHeartbeat: () => void;

  constructor(
    private readonly response: ServerResponse,
    { contentType, opening, heartbeat }: StreamFrame,
    private readonly options: StreamingOptions,
    onClose: () => void,
  ) {
    response.writeHead(200, {
      'content-type': contentType,
      'cache-control': 'no-store, no-transform',
      // The connection is of no use to others, and nginx must not wait for more before it passes something on.
      connection: 'close',
      'x-accel-buffering': 'no',
    });
    response.write(opening);
    const { timers, heartbeatMs } = options;
    this.stopHeartbeat = timers.every(heartbeatMs, () => this.write(heartbeat));
    response.once('close', () => {
      this.stopHeartbeat();
      onClose();
    });
  }

  write(text: string | Buffer): void {
    const { response, options } = this;
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > options.maxBufferedBytes) {
      options.log.info({}, 'A client reads its stream too slowly and is cut off');
      response.destroy();
      return;
    }
    response.write(text);
  }

  end(text: string): void {
    if (!this.response.writableEnded) this.response.end(text);
  }
}
