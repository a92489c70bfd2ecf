/** What the picker asks of its page. */
export declare const setting: {
  /** What may be put into a page as markup. */
  markup: (markup: string) => string;
  /** The emoji of a data source; without their `body` only which version of them there is. */
  data: (source: string, body: boolean) => Promise<Response>;
};

/** The element that `whatsapp-emoji-grid` is. */
export interface EmojiGrid extends HTMLElement {
  locale: string;
  dataSource: string;
  i18n: EmojiGridWords;
}

export interface EmojiGridWords {
  readonly categories: Readonly<Record<string, string>>;
  readonly categoriesLabel: string;
  readonly emojiUnsupportedMessage: string;
  readonly favoritesLabel: string;
  readonly loadingMessage: string;
  readonly networkErrorMessage: string;
  readonly regionLabel: string;
  readonly searchDescription: string;
  readonly searchLabel: string;
  readonly searchResultsLabel: string;
  readonly skinToneDescription: string;
  readonly skinToneLabel: string;
  readonly skinTones: readonly string[];
  readonly skinTonesLabel: string;
}
