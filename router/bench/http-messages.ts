/** Splits what comes over a kept-alive HTTP/1.1 connection into messages, with as little work as can be. */
export class HttpMessages {
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly onMessage: (head: string, body: Buffer) => void) {}

  push(chunk: Buffer): void {
    this.pending = this.pending.length > 0 ? Buffer.concat([this.pending, chunk]) : chunk;
    for (let taken = this.take(); taken > 0; taken = this.take()) {
      this.pending = this.pending.subarray(taken);
    }
  }

  /** Hands on the first message; returns its length, 0 when it is not all there. */
  private take(): number {
    const headEnd = this.pending.indexOf('\r\n\r\n');
    if (headEnd === -1) return 0;
    const head = this.pending.toString('latin1', 0, headEnd);
    const from = headEnd + 4;
    const [, length] = /\r\ncontent-length: *(\d+)/i.exec(head) ?? [];
    if (length !== undefined || !/\r\ntransfer-encoding: *chunked/i.test(head)) {
      const end = from + Number(length ?? 0);
      if (this.pending.length < end) return 0;
      this.onMessage(head, this.pending.subarray(from, end));
      return end;
    }
    const chunked = readChunks(this.pending, from);
    if (!chunked) return 0;
    this.onMessage(head, chunked.body);
    return chunked.end;
  }
}

/** The body that is sent in chunks; undefined when it is not all there. */
function readChunks(data: Buffer, from: number): { body: Buffer; end: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = from; ;) {
    const lineEnd = data.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = parseInt(data.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (data.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), end: next };
    parts.push(data.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}
