/** What a case of the benchmark drives: a chat of ours, or the bare window that it is compared to. */
export interface Subject {
  /** Puts it into the page; `open` is how many interactions the desk has. */
  mount(root: HTMLElement, open: number): Promise<void>;
  /** Opens the conversation of these texts. */
  load(texts: readonly string[]): void;
  /** One more message, in the conversation at this place (0 is the one that is open). */
  append(text: string, interaction: number): void;
  /** The texts that can be seen, in order. */
  visible(): readonly string[];
}
