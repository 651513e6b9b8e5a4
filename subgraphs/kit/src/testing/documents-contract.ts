import { CupStore, type DocumentsUnderTest } from './document-cups.ts';
import { describeChange } from './documents-contract-change.ts';
import { describeManyDocuments } from './documents-contract-many.ts';
import { describeAnyOperations } from './documents-contract-model.ts';
import { describeOneDocument } from './documents-contract-one.ts';
import { describeRefusals } from './documents-contract-refusals.ts';

/** What every document store must do; each adapter runs it unchanged. */
export function describeDocuments(name: string, create: () => Promise<DocumentsUnderTest>): void {
  describe(`${name} as documents`, () => {
    const store = new CupStore(create);
    describe('one document', () => describeOneDocument(store));
    describe('a change', () => describeChange(store));
    describe('many documents', () => describeManyDocuments(store));
    describe('what is not as its schema says', () => describeRefusals(store));
    describe('any operations', () => describeAnyOperations(store));
  });
}
