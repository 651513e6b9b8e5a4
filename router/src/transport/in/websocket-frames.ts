import type { LiveEvent } from '../../subscriptions/live-event.ts';

/** Longer payloads are not copied for each client but follow their beginning as a buffer that all share. */
const MAX_COPIED_BYTES = 16 * 1024;

/** A text message that is one frame, not masked (RFC 6455, 5.2). */
const FINAL_TEXT = 0x81;

const tails = new WeakMap<LiveEvent, Buffer>();

/**
 * The message `next` of graphql-transport-ws for an event, as bytes for the connection. What all clients get alike is
 * encoded once; a client's own id is spliced in.
 */
export function eventFrame(id: string, event: LiveEvent): readonly Buffer[] {
  const tail = tailOf(event);
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const headLength = Buffer.byteLength(head);
  const length = headLength + tail.length;
  const isCopied = tail.length <= MAX_COPIED_BYTES;
  const begin = headerLength(length);
  const frame = Buffer.allocUnsafe(begin + (isCopied ? length : headLength));
  writeHeader(frame, length);
  frame.write(head, begin);
  if (!isCopied) return [frame, tail];
  tail.copy(frame, begin + headLength);
  return [frame];
}

function tailOf(event: LiveEvent): Buffer {
  const known = tails.get(event);
  if (known) return known;
  const tail = Buffer.from(event.json + '}');
  tails.set(event, tail);
  return tail;
}

const headerLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : 10);

function writeHeader(frame: Buffer, length: number): void {
  frame[0] = FINAL_TEXT;
  if (length < 126) {
    frame[1] = length;
  } else if (length < 65_536) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
}
