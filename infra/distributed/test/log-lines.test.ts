import { lineCutter, prefixed, readable } from '../src/log-lines.ts';

const at = (time: string) => new Date(`2026-03-02T${time}Z`).getTime();

it('makes a line of JSON one that a person reads', () => {
  const entry = {
    level: 40,
    time: at('15:00:01.250'),
    name: 'orders',
    pid: 7,
    orderId: 'o-1',
    tries: 2,
    msg: 'it is late',
  };
  expect(readable(JSON.stringify(entry))).toBe('15:00:01.250 warn  it is late orderId=o-1 tries=2');
});

it('shows where an error comes from', () => {
  const err = { message: 'no', stack: 'Error: no\n    at a.ts:1' };
  expect(readable(JSON.stringify({ level: 50, msg: 'failed', err }))).toBe(
    'ERROR failed \n  Error: no\n      at a.ts:1',
  );
  expect(readable(JSON.stringify({ level: 50, msg: 'failed', err: { message: 'no' } }))).toBe(
    'ERROR failed (no)',
  );
});

it.each(['plain words', '{ not JSON', ''])('leaves %j as it is', (line) => {
  expect(readable(line)).toBe(line);
});

it('cuts what comes in pieces into lines', () => {
  const lines: string[] = [];
  const cut = lineCutter((line) => lines.push(line));
  for (const piece of ['on', 'e\ntw', 'o\n', 'three']) cut(Buffer.from(piece));
  expect(lines).toEqual(['one', 'two']);
});

it.each([
  [false, 'menu     | hello\n'],
  [true, '\u001b[36mmenu     |\u001b[0m hello\n'],
])('puts the name of the process before each line; in colours: %s', (hasColours, shown) => {
  let text = '';
  prefixed(['menu', 'orders.2'], hasColours, (piece) => (text += piece))('menu', 'hello');
  expect(text).toBe(shown);
});
