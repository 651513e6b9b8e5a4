import { closeTestSubgraphs } from '@crema/kit/testing';
import { StockReserved } from '@crema/schema/events';
import { createTestInventory, withLatte } from './support.ts';
import { writeFileSync } from 'node:fs';
afterEach(closeTestSubgraphs);
it('works', async () => {
  const shop = await createTestInventory();
  const { _service } = await shop.ask(null, '{ _service { sdl } }');
  writeFileSync('/tmp/inv.graphql', _service.sdl);
  let t = performance.now();
  await shop.test.running.subgraph.loadDemo!();
  console.log('demo', performance.now() - t);
  return;
  const { beans, whole } = await withLatte(shop);
  console.log(JSON.stringify(await shop.receive(beans, '1000')));
  await shop.receive(whole, '1000');
  await shop.place('o1', [{ product: 'latte', options: ['milk-whole'] }]);
  console.log(
    await shop.test.published(StockReserved),
    await shop.stock(),
    await shop.availability('latte'),
  );
  await shop.prepare('o1');
  console.log(await shop.movements(), await shop.verify());
});
