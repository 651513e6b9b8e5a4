import ts from 'typescript';
import { filesBelow, textOf } from './support.ts';

/** What the business is about. `order` alone is also a sequence, so it counts only where it means a purchase. */
const BUSINESS = new RegExp(
  [
    'cafe|café|coffee|barista|menu|latte|espresso|cappuccino|wallet|customer|ingredient|recipe',
    'order (?:id|line|status|number)|place order|orders|Order$',
  ].join('|'),
);

/** The names and texts in a file, its comments left out. */
function wordsOf(path: string): readonly string[] {
  const words: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
    if (ts.isIdentifier(node) || isText) words.push(node.text);
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ES2023));
  return words;
}

/** `cafeHours`, `CAFE_HOURS` and `cafe-hours` are all `cafe hours`. A lone capitalised name keeps its capital. */
const spaced = (word: string): string =>
  /^[A-Z][a-z]+$/.test(word)
    ? `${word.toLowerCase()} ${word}`
    : word
        .replace(/([a-zé])([A-Z])/g, '$1 $2')
        .replace(/[^\p{L}]+/gu, ' ')
        .toLowerCase();

const isBusiness = (word: string): boolean =>
  new RegExp(`(?:^| )(?:${BUSINESS.source})s?(?= |$)`).test(spaced(word));

describe('the kit', () => {
  it.each(['cafeId', 'Order', 'orderLines', 'LATTE', 'the menu of today', 'placeOrder', 'orders'])(
    'would be caught saying %s',
    (word) => expect(isBusiness(word)).toBe(true),
  );

  it.each(['inOrder', 'order', 'ORDER BY position', 'flatten', 'escape'])('may say %s', (word) =>
    expect(isBusiness(word)).toBe(false),
  );

  it('knows no word of the business', () => {
    const found = filesBelow('subgraphs/kit/src').flatMap((file) =>
      wordsOf(`subgraphs/kit/src/${file}`)
        .filter(isBusiness)
        .map((word) => `${file}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});
