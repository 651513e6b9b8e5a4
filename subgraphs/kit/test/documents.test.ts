import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDocuments, systemClock } from '../src/index.ts';
import { describeDocuments } from '../src/testing/documents-contract.ts';

describeDocuments('the embedded store', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crema-documents-'));
  return {
    open: () => openDocuments({ url: `file:${join(folder, 'cups.db')}`, clock: systemClock }),
    remove: async () => rmSync(folder, { recursive: true }),
  };
});

it.each(['redis://127.0.0.1/cups', 'cups', 'memory:'])(
  '%s is no place of documents',
  async (url) => {
    await expect(openDocuments({ url, clock: systemClock })).rejects.toThrow(
      'is no URL of documents',
    );
  },
);
