import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSaleRow } from '../src/sale-row.ts';
import { readSalesFile } from '../src/sales-file.ts';
import { fileOf, HEADER, lineOf, removeScratchFolders, scratchFolder } from './support.ts';

afterAll(removeScratchFolders);

async function read(path: string) {
  const rows = [];
  for await (const record of readSalesFile(path, () => undefined)) rows.push(readSaleRow(record));
  return rows;
}

const written = (text: string | Buffer): string => {
  const path = join(scratchFolder(), 'sales.csv');
  writeFileSync(path, text);
  return path;
};

describe('a file of sales', () => {
  it('is read with its lines, plain or gzipped, whatever its name', async () => {
    const lines = [lineOf(1), lineOf(2, { price: '3.1' })];
    const wanted = [
      {
        line: 2,
        transactionId: '1',
        day: '2023-01-31',
        time: '07:06:11',
        quantity: 2,
        storeId: '9',
        storeName: 'Harlem',
        productId: '39',
        productName: 'Latte Rg',
        category: 'Coffee',
        priceHundredths: 425,
      },
      expect.objectContaining({ line: 3, transactionId: '2', priceHundredths: 310 }),
    ];
    expect(await read(fileOf(lines))).toEqual(wanted);
    expect(await read(fileOf(lines, { gzip: true }))).toEqual(wanted);
  });

  it('may have a byte order mark, CRLF, quoted fields, spaces, other columns and another order', async () => {
    const [first, ...others] = HEADER.split(',');
    const header = [...others, 'note', first].join(',').toUpperCase();
    const [, ...values] = lineOf(1, { date: '1/31/23', time: '7:06:11' }).split(',');
    const quoted = values.map((value) => `" ${value} "`).join(',');
    const text = `\uFEFF${header}\r\n${quoted},"two, or ""more""\r\nlines",1\r\n\r\n${values.join(' ,')},,2\r\n`;
    const rows = await read(written(text));
    const same = { day: '2023-01-31', time: '07:06:11', productName: 'Latte Rg' };
    expect(rows).toEqual([
      expect.objectContaining({ ...same, line: 2, transactionId: '1' }),
      expect.objectContaining({ ...same, line: 5, transactionId: '2' }),
    ]);
  });

  it('keeps a stray quotation mark as it is', async () => {
    const rows = await read(fileOf([lineOf(1, { product: [1, 'A 12" pizza'] }), lineOf(2)]));
    expect(rows).toEqual([
      expect.objectContaining({ productName: 'A 12" pizza' }),
      expect.objectContaining({ transactionId: '2' }),
    ]);
  });

  it.each<[string, () => string, RegExp]>([
    ['is not there', () => '/nowhere/sales.csv', /^There is no file \/nowhere\/sales.csv\.$/],
    ['is a folder', () => scratchFolder(), /is no file\.$/],
    ['is empty', () => written(''), /sales.csv is empty\.$/],
    [
      'is something else',
      () => written(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])),
      /is not a CSV of sales/,
    ],
    [
      'is a CSV of something else',
      () => written('a,b\n1,2\n'),
      /is not a CSV of sales: .*\ntransaction_id,/s,
    ],
    [
      'lacks columns',
      () => fileOf([], { header: HEADER.replace('store_id', 'shop') }),
      /the header lacks store_id\.$/,
    ],
    [
      'has a column twice',
      () => fileOf([], { header: `${HEADER},store_id` }),
      /has store_id twice\.$/,
    ],
    [
      'never closes a quotation mark',
      () => fileOf([lineOf(1), '2,"2023', lineOf(3)]),
      /quotation mark that is opened on line 3/,
    ],
    [
      'never closes one for long',
      () => fileOf([lineOf(1), '2,"2023', ...Array.from({ length: 1_000 }, (_, i) => lineOf(i))]),
      /quotation mark that is opened on line 3/,
    ],
    [
      'is gzipped and cut short',
      () => {
        const whole = readFileSync(
          fileOf(
            Array.from({ length: 500 }, (_, i) => lineOf(i)),
            { gzip: true },
          ),
        );
        return written(whole.subarray(0, whole.length - 20));
      },
      /is cut short: its gzip stream has no end\.$/,
    ],
    [
      'is gzipped and damaged',
      () => written(Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9])),
      /is damaged: /,
    ],
  ])('is refused by name when it %s', async (_, make, message) => {
    await expect(read(make())).rejects.toThrow(message);
  });

  it('is refused when its folder may not be looked into', async () => {
    const path = join(scratchFolder(), 'sales.csv');
    mkdirSync(path);
    await expect(read(join(path, 'x', 'y.csv'))).rejects.toThrow(/There is no file/);
  });
});

describe('a line', () => {
  const bad: [column: string, value: string, reason: RegExp][] = [
    ['transaction_id', '', /^"" is no identifier/],
    ['transaction_id', '1 2', /is no identifier/],
    ['transaction_date', '2023-02-29', /^"2023-02-29" is no date/],
    ['transaction_date', '13/1/23', /is no date/],
    ['transaction_date', '31.1.2023', /is no date/],
    ['transaction_date', '1/31/023', /is no date/],
    ['transaction_time', '24:00:00', /is no time/],
    ['transaction_time', '7h', /is no time/],
    ['transaction_qty', '-1', /^"-1" is no whole number/],
    ['transaction_qty', '0', /is no whole number/],
    ['transaction_qty', '1.5', /is no whole number/],
    ['transaction_qty', '1e3', /is no whole number/],
    ['unit_price', '4.255', /is no price .* at most two decimals/],
    ['unit_price', '-4', /is no price/],
    ['unit_price', '$4', /is no price/],
    ['unit_price', '', /is no price/],
    ['store_id', '', /is no identifier/],
    ['store_location', '', /^is empty/],
    ['product_id', '../x', /is no identifier/],
    ['product_detail', 'x'.repeat(101), /longer than 100/],
    ['product_detail', 'a\u0000b', /not one line of text/],
    ['product_category', ' ', /^is empty/],
  ];

  it.each(bad)('is left out for its %s %j', async (column, value, reason) => {
    const values = lineOf(1).split(',');
    values[HEADER.split(',').indexOf(column)] = value;
    const [row] = await read(fileOf([values.join(',')]));
    expect(row).toEqual({ line: 2, column, reason: expect.stringMatching(reason) });
  });

  it('is left out for the number of its columns, and for letters that are not UTF-8', async () => {
    const text = Buffer.from(
      `${HEADER}\n1,2\n${lineOf(2, { product: [1, 'Caf\u00e9'] })}\n`,
      'latin1',
    );
    expect(await read(written(text))).toEqual([
      { line: 2, column: null, reason: 'has 2 columns, not 11' },
      { line: 3, column: 'product_detail', reason: expect.stringMatching(/is not UTF-8/) },
    ]);
  });
});
