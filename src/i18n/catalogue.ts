/** Forms of one sentence by plural category of its `count`, as `Intl.PluralRules` names them. */
export type Forms = { readonly [C in Intl.LDMLPluralRule]?: string } & { readonly other: string };

/** What a catalogue says for a key: a sentence, or its plural forms. `{name}` marks where a parameter goes. */
export type Entry = string | Forms;

export type Param = string | number;

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** Names of the parameters of an entry. */
export type NamesOf<E> = E extends string ? Names<E> : 'count' | Names<E[keyof E]>;

/** The form of an entry for a count. */
export function chooseForm(entry: Entry, rules: Intl.PluralRules, count: Param | undefined): string {
  if (typeof entry === 'string') return entry;
  return entry[rules.select(Number(count ?? 0))] ?? entry.other;
}

/** Puts parameters into a sentence; a parameter that is not given stays visible as its mark. */
export function fill(sentence: string, param: (name: string) => string | undefined): string {
  return sentence.replace(/\{([\w-]+)\}/g, (mark, name: string) => param(name) ?? mark);
}
