import { LinkifyIt } from 'linkify-it';

/** A web address found in a text. */
export interface Link {
  /** As the author wrote it. */
  readonly text: string;
  /** Where it leads: always http or https. */
  readonly href: string;
  /** The host as computers read it (`xn--…` for an international name) when it may pass for another one; null when it is what it seems. */
  readonly lookalike: string | null;
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: false, maxLength: 4096 })
  .add('ftp:', null)
  .add('mailto:', null)
  .add('//', null)
  .tlds(
    [
      'africa',
      'app',
      'blog',
      'cloud',
      'dev',
      'link',
      'live',
      'online',
      'page',
      'site',
      'store',
      'tech',
      'xyz',
    ],
    true,
  );

const CREDENTIALS = /^[^\s/]*@/;

/** Cuts a text at the web addresses in it: strings and links in order, which joined give the text again. */
export function splitLinks(text: string): readonly (string | Link)[] {
  const parts: (string | Link)[] = [];
  let done = 0;
  for (const match of linkify.match(text) ?? []) {
    // `https://bank.example@evil.example` and the like lead elsewhere than they read: they stay text.
    if (CREDENTIALS.test(text.slice(match.lastIndex, match.lastIndex + 256))) continue;
    const link = toLink(match.raw, match.schema === '' ? `https://${match.raw}` : match.raw);
    if (!link) continue;
    if (match.index > done) parts.push(text.slice(done, match.index));
    parts.push(link);
    done = match.lastIndex;
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}

function toLink(text: string, address: string): Link | null {
  const url = parseUrl(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  return { text, href: url.href, lookalike: misleads(text, url) ? url.hostname : null };
}

function parseUrl(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

const BIDI_CONTROLS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
const NAMED_HOST = /^(?:https?:\/\/)?([^/?#:]+)/i;

const NO_NAME = /[^\p{L}\p{M}\p{N}._·-]/u;

/** Whether the address may be read as one that it is not. */
function misleads(text: string, url: URL): boolean {
  if (BIDI_CONTROLS.test(text)) return true;
  const written = NAMED_HOST.exec(text)?.[1] ?? '';
  // Written as xn--…: nobody can read what it says.
  if (/(?:^|\.)xn--/i.test(written)) return true;
  // A sign that no name is made of may be drawn like the slash at its end: `bank.example⁄login.evil.example` is one host.
  if (NO_NAME.test(written)) return true;
  // Numbers in other writings (0x7f.1) hide where they lead.
  if (/^[\d.]+$/.test(url.hostname) && written !== url.hostname) return true;
  if (!url.hostname.includes('xn--')) return false;
  const labels = written.normalize('NFKC').toLowerCase().split('.');
  const latinZone = /^[a-z]+$/.test(labels.at(-1) ?? '');
  return labels.some((label) => mixesScripts(label) || (latinZone && looksLatin(label)));
}

const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Hebrew}/u,
  // Japanese and Korean names mix these by custom.
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u,
];

function mixesScripts(label: string): boolean {
  return SCRIPTS.filter((script) => script.test(label)).length > 1;
}

// Letters of other alphabets, and phonetic ones of the Latin, that are drawn like a-z.
const LATIN_TWINS = /^[аеорсухіјѕһԁԛԝгӏьмтвнкαοινυρτκχɑɡıօսհոց0-9-]+$/u;

function looksLatin(label: string): boolean {
  return /\P{ASCII}/u.test(label) && (LATIN_TWINS.test(label) || /[\u0250-\u02AF]/.test(label));
}
