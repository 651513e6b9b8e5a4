import { MaxLength } from 'class-validator';
import { validateInput, type Refusal } from '../src/index.ts';

class Note {
  @MaxLength(5)
  text!: string;
  lines?: readonly { readonly text: string }[];
}

const noteOf = (fields: object): Note => Object.assign(new Note(), fields);

const problemsWith = (input: unknown): readonly (string | null)[] => {
  try {
    validateInput(input);
    return [];
  } catch (error) {
    return (error as Refusal).problems.map(({ code, field }) => `${code} ${field?.join('.')}`);
  }
};

describe('an argument', () => {
  it.each([null, 3, 'é ☕', ['a'], new Date(0), noteOf({ text: 'short' })])(
    'is taken: %s',
    (input) => {
      expect(problemsWith(input)).toEqual([]);
    },
  );

  it("must keep its class's rules, and have no NUL in any text", () => {
    const note = noteOf({ text: 'too long', lines: [{ text: 'fine' }, { text: 'not\0fine' }] });
    expect(problemsWith(note)).toEqual(['INVALID_INPUT lines.1.text', 'INVALID_INPUT text']);
    expect(problemsWith('a\0')).toEqual(['INVALID_INPUT ']);
    expect(problemsWith(['a', '\0'])).toEqual(['INVALID_INPUT 1']);
  });
});
