import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const SUBSCRIPTION = 'subscription { changed { id at state customer note } }';
const AT_ONCE = 100;

/** A text frame of a client, masked with zeros, which change nothing (RFC 6455, 5.3). */
function frame(message: object): Buffer {
  const payload = Buffer.from(JSON.stringify(message));
  if (payload.length < 126) {
    return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
  }
  const header = Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}

const PING = Buffer.from([0x89, 0]);
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

const [, , port = '', count = ''] = process.argv;
const all = Number(count);
let received = 0;

/**
 * A client that does just enough, so that it is the server that is measured: it says hello, subscribes by an id of its
 * own and counts what it is told.
 */
function open(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', reject);
    socket.write(
      'GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n',
    );
    socket.on('data', (chunk) => {
      if (chunk.includes(PING)) socket.write(PONG);
      if (chunk.includes('"type":"next"')) return told();
      if (chunk.includes('HTTP/1.1 101')) socket.write(frame({ type: 'connection_init' }));
      if (!chunk.includes('connection_ack')) return;
      socket.write(
        frame({ id: randomUUID(), type: 'subscribe', payload: { query: SUBSCRIPTION } }),
      );
      resolve(socket);
    });
  });
}

function told(): void {
  received += 1;
  if (received % all === 0) process.send?.({ lastNs: String(process.hrtime.bigint()) });
}

for (let opened = 0; opened < all; opened += AT_ONCE) {
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, all - opened) }, open));
}
process.on('disconnect', () => process.exit());
process.send?.({ opened: all });
