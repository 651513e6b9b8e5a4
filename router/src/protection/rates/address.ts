import { isIPv6 } from 'node:net';

const GROUPS_OF_A_NETWORK = 4;
const GROUPS = 8;

/** Who counts as one: an IPv4 address, or the 64-bit network of an IPv6 address, within which anybody may have any. */
export function sourceOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const between = Array<string>(Math.max(0, GROUPS - before.length - after.length)).fill('0');
  const network = [...before, ...between, ...after].slice(0, GROUPS_OF_A_NETWORK);
  return network.map((group) => parseInt(group, 16).toString(16)).join(':') + '::/64';
}
