import { readdirSync } from 'node:fs';
import { eventContracts, eventSchemas } from '../src/index.ts';

const SHARED = ['common', 'define-event', 'index'];

const owners = readdirSync(`${import.meta.dirname}/../events`)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace('.ts', ''))
  .filter((name) => !SHARED.includes(name));

describe('event contracts', () => {
  it.each([...eventContracts])('%s says whose fact it is, and where it travels', (_, contract) => {
    const [owner, aggregate, fact] = contract.type.split('.');
    expect(owners).toContain(owner);
    expect(contract.topic.split('.')[0]).toBe(owner);
    expect([aggregate, fact]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  });

  it('are each the only one of their type and version', () => {
    const names = [...eventContracts.values()].map(({ type, version }) => `${type}.v${version}`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are exported as JSON Schema, one document for each owner', () => {
    const schemas = eventSchemas();
    expect([...schemas.keys()].sort()).toEqual(owners.sort());
    expect(schemas.get('wallet')).toMatchObject({
      $defs: {
        'wallet.payment.captured.v1': {
          title: 'PaymentCaptured',
          'x-topic': 'wallet.ledger',
          required: ['customerId', 'cafeId', 'amount', 'at'],
          properties: { at: { type: 'string', format: 'date-time' } },
        },
      },
    });
  });

  it('let data grow', () => {
    expect(JSON.stringify([...eventSchemas().values()])).not.toContain('additionalProperties');
  });
});
