const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML that is safe to put into another. Only `html` makes it. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = string | Html | readonly Html[];

/** HTML as it is written, with everything in `${}` escaped that is not HTML itself. Attributes have to be quoted. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(
    strings
      .map((string, index) => (index === 0 ? '' : markupOf(parts[index - 1]!)) + string)
      .join(''),
  );

function markupOf(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (each) => ENTITIES[each]!);
  return part.map(({ markup }) => markup).join('');
}
