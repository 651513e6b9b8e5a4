import type { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import type { LiveEvent } from '../../subscriptions/live-event.ts';
import { eventFrame } from './websocket-frames.ts';

/** What goes to a client. What it has not taken yet waits in memory, up to a limit. */
export class WebSocketOutbox {
  constructor(
    private readonly socket: WebSocket,
    /** The connection of the socket, for frames that are ready. */
    private readonly connection: Duplex,
    private readonly maxBufferedBytes: number,
    private readonly onFull: () => void,
  ) {}

  send(message: object): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    if (this.hasRoom()) this.socket.send(text);
  }

  sendEvent(id: string, event: LiveEvent): void {
    if (!this.hasRoom()) return;
    const [first, ...others] = eventFrame(id, event);
    if (others.length === 0) return void this.connection.write(first);
    this.connection.cork();
    this.connection.write(first);
    for (const other of others) this.connection.write(other);
    this.connection.uncork();
  }

  private hasRoom(): boolean {
    if (this.socket.readyState !== this.socket.OPEN) return false;
    if (this.connection.writableLength <= this.maxBufferedBytes) return true;
    this.onFull();
    return false;
  }
}
