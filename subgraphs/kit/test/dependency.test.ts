import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { databaseUrlOf, dependencyOf, isReachable } from '../src/process/dependency.ts';

describe('the server of a URL', () => {
  it('is told without user, password and options', () => {
    const url = 'mysql://crema:p%40ss@db.example:3307/crema_menu?writers=4';
    expect(dependencyOf('database', url, true)).toEqual({
      name: 'database',
      address: 'mysql://db.example:3307/crema_menu',
      isVital: true,
      hosts: [{ host: 'db.example', port: 3307 }],
    });
  });

  it.each([
    [
      'kafka://a,b:9093?prefix=x',
      [
        ['a', 9092],
        ['b', 9093],
      ],
    ],
    ['postgres://u@[::1]/x', [['::1', 5432]]],
    [
      'mongodb://a:1,b:2/x',
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['rediss://cache', [['cache', 6379]]],
  ])('is every host of %s', (url, hosts) => {
    expect(dependencyOf('it', url, false)?.hosts.map(({ host, port }) => [host, port])).toEqual(
      hosts,
    );
  });

  it.each(['file:a.db', 'memory:', 'mongodb+srv://cluster.example/x'])('is none for %s', (url) => {
    expect(dependencyOf('it', url, true)).toBeNull();
  });

  it('is reached when one of its hosts takes a connection', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const dependency = dependencyOf('events', `kafka://127.0.0.1:1,127.0.0.1:${port}`, true)!;

    expect(await isReachable(dependency, 1_000)).toBe(true);
    server.close();
    await once(server, 'close');
    expect(await isReachable(dependency, 1_000)).toBe(false);
  });
});

describe('the database of one subgraph', () => {
  it.each([
    ['mysql://u:p@h:1', 'mysql://u:p@h:1/crema_menu'],
    ['mysql://h/', 'mysql://h/crema_menu'],
    ['postgres://h?writers=2', 'postgres://h/crema_menu?writers=2'],
    ['mongodb://a,b/test_{name}?w=1', 'mongodb://a,b/test_menu?w=1'],
    ['mysql://h/own', 'mysql://h/own'],
    ['file:data/{name}.db', 'file:data/menu.db'],
  ])('of %s is %s', (url, own) => {
    expect(databaseUrlOf(url, 'menu')).toBe(own);
  });
});
