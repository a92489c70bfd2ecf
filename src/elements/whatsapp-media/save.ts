interface Source {
  readonly url: string;
  readonly saveUrl?: string;
}

/** Saves a file under a name. Across origins the address alone says that it is to be saved, and the page must not go there if it does not. */
export function saveFile({ url, saveUrl = url }: Source, name: string): void {
  const link = linkTo(saveUrl);
  link.download = name;
  if (new URL(saveUrl, location.href).origin !== location.origin) link.target = '_blank';
  link.click();
}

/** Opens a file in a tab of its own, which knows nothing of this one. */
export function openFile({ url }: Source): void {
  const link = linkTo(url);
  link.target = '_blank';
  link.click();
}

function linkTo(url: string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = url;
  link.rel = 'noopener noreferrer';
  link.referrerPolicy = 'no-referrer';
  return link;
}
