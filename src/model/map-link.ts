/** A place as a link to a map, or two numbers, tell it. */
export interface MapPlace {
  /** In degrees. */
  readonly latitude: number;
  readonly longitude: number;
  /** What the map calls it; null where the link does not say. */
  readonly name: string | null;
}

/** What can be read of a place: `short` is a link that hides it behind an address of its own, `unread` says nothing known. */
export type MapReading = MapPlace | 'short' | 'unread';

const NUMBER = String.raw`([+-]?\d{1,3}(?:\.\d+)?)`;
const PAIR = new RegExp(String.raw`${NUMBER}\s*°?\s*[,;~/\s]\s*${NUMBER}\s*°?`);
const ALONE = new RegExp(`^${PAIR.source}$`);
/** As those write who have a comma in their numbers. */
const COMMAS = /^([+-]?\d{1,3}),(\d{3,})\s*[;/\s]\s*([+-]?\d{1,3}),(\d{3,})$/;
const MINUTES = String.raw`(\d{1,3}(?:\.\d+)?)\s*°\s*(?:(\d+(?:\.\d+)?)\s*['′’]\s*)?(?:(\d+(?:\.\d+)?)\s*(?:"|″|”|''))?\s*`;
const IN_MINUTES = new RegExp(`^${MINUTES}([NS])[,;\\s]*${MINUTES}([EWO])$`, 'i');
/** The place itself in the links of Google Maps; what stands behind `@` is the middle of the picture. */
const GOOGLE_PLACE = new RegExp(`!3d${NUMBER}!4d${NUMBER}`);
const PICTURE = new RegExp(`@${NUMBER},${NUMBER}`);
const OSM_PICTURE = new RegExp(`map=\\d+(?:\\.\\d+)?/${NUMBER}/${NUMBER}`);

/** Names of the parameters that say where, the most exact first. */
const PLACE_PARAMETERS = [
  'query',
  'q',
  'coordinate',
  'll',
  'destination',
  'daddr',
  'sll',
  'cp',
  'center',
  'map',
];
const SHORT_HOSTS = new Set([
  'maps.app.goo.gl',
  'goo.gl',
  'g.co',
  'maps.apple',
  'osm.org',
  'binged.it',
  'go.2gis.com',
]);
/** Write the longitude first. */
const TURNED_HOSTS = /(^|\.)(yandex\.[a-z.]+|2gis\.[a-z.]+)$/;

/**
 * Reads a place from what people copy: a link of Google Maps, Apple Maps, OpenStreetMap, Bing, Waze, HERE, Yandex or 2GIS, `geo:`, two numbers, or degrees with
 * minutes and seconds. Nothing is asked of anybody.
 */
export function readMapPlace(text: string): MapReading {
  const given = inAsciiDigits(text.trim());
  const bare = readBare(given);
  if (bare) return bare;
  if (/^geo:/i.test(given)) return readGeo(given);
  const url = toUrl(given);
  return url ? readUrl(url) : 'unread';
}

function readBare(text: string): MapPlace | null {
  const commas = COMMAS.exec(text);
  if (commas) return place(`${commas[1]}.${commas[2]}`, `${commas[3]}.${commas[4]}`);
  const minutes = IN_MINUTES.exec(text);
  if (minutes) {
    const [, d, m, s, south, d2, m2, s2, west] = minutes;
    return place(
      String(inDegrees([d, m, s], /s/i.test(south ?? ''))),
      String(inDegrees([d2, m2, s2], /[wo]/i.test(west ?? ''))),
    );
  }
  return pairIn(ALONE, text);
}

function inDegrees(parts: readonly (string | undefined)[], isNegative: boolean): number {
  const [degrees = 0, minutes = 0, seconds = 0] = parts.map((part) => Number(part ?? 0));
  return (isNegative ? -1 : 1) * (degrees + minutes / 60 + seconds / 3600);
}

/** `geo:0,0?q=41.4,2.17(Name)` of Android says the place in its question. */
function readGeo(text: string): MapReading {
  const [, where = '', question = ''] = /^geo:([^?]*)(?:\?q=(.*))?$/i.exec(text) ?? [];
  const asked = /^([^(]+)(?:\((.*)\))?$/.exec(decoded(question));
  const found = (asked && pairIn(ALONE, asked[1] ?? '')) ?? pairIn(ALONE, where.split(';', 1)[0] ?? '');
  return found ? { ...found, name: asked?.[2] || null } : 'unread';
}

function readUrl(url: URL): MapReading {
  const { href, hostname, searchParams, pathname } = url;
  const found =
    (TURNED_HOSTS.test(hostname) ? readTurned(searchParams) : null) ??
    pairIn(GOOGLE_PLACE, href) ??
    placed(searchParams.get('mlat'), searchParams.get('mlon')) ??
    readParameters(searchParams) ??
    pairIn(PICTURE, pathname) ??
    pairIn(OSM_PICTURE, url.hash) ??
    pairIn(ALONE, decoded(pathname.split('/').findLast((part) => part !== '') ?? ''));
  if (found) return { ...found, name: nameIn(url) };
  return SHORT_HOSTS.has(hostname) ? 'short' : 'unread';
}

function readParameters(parameters: URLSearchParams): MapPlace | null {
  for (const name of PLACE_PARAMETERS) {
    const value = parameters.get(name)?.replace(/^loc:/, '');
    const found =
      value === undefined ? null : pairIn(name === 'map' ? new RegExp(`^${PAIR.source}`) : ALONE, value);
    if (found) return found;
  }
  return null;
}

function readTurned(parameters: URLSearchParams): MapPlace | null {
  const told = ['whatshere[point]', 'pt', 'm', 'll'].map((name) => parameters.get(name)).find(Boolean) ?? '';
  const [, longitude, latitude] = new RegExp(`^${PAIR.source}`).exec(told) ?? [];
  return placed(latitude ?? null, longitude ?? null);
}

/** A name is no place, and a place no name. */
function nameIn({ pathname, searchParams }: URL): string | null {
  const [, ofPath] = /\/maps\/place\/([^/@]+)/.exec(pathname) ?? [];
  const name = ofPath
    ? decoded(ofPath.replaceAll('+', ' '))
    : (searchParams.get('q') ?? searchParams.get('name'));
  return name && !readBare(name) && !name.startsWith('loc:') ? name : null;
}

function toUrl(text: string): URL | null {
  const [link] = /https?:\/\/\S+/.exec(text) ?? [];
  const url = link ?? (/^[\w-]+(\.[\w-]+)+\//.test(text) ? `https://${text}` : '');
  return URL.canParse(url) ? new URL(url) : null;
}

function pairIn(pattern: RegExp, text: string): MapPlace | null {
  const [, latitude, longitude] = pattern.exec(text) ?? [];
  return placed(latitude ?? null, longitude ?? null);
}

function placed(latitude: string | null, longitude: string | null): MapPlace | null {
  return latitude === null || longitude === null ? null : place(latitude, longitude);
}

function place(latitude: string, longitude: string): MapPlace | null {
  const [north, east] = [readDegrees(latitude, 90), readDegrees(longitude, 180)];
  return north === null || east === null ? null : { latitude: north, longitude: east, name: null };
}

/** A number of degrees as it was typed; null when it is none, or beyond `most`. */
export function readDegrees(text: string, most: 90 | 180): number | null {
  const plain = inAsciiDigits(text.trim()).replace(/°$/, '').replace(',', '.').replace('−', '-');
  if (!/^[+-]?\d{1,3}(\.\d*)?$/.test(plain)) return null;
  const degrees = Number(plain);
  return Math.abs(degrees) <= most ? degrees : null;
}

/** Keyboards of some languages write digits of their own. */
function inAsciiDigits(text: string): string {
  return text
    .replace(/[٠-٩]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) - 0x6f0))
    .replaceAll('٫', '.')
    .replaceAll('،', ',');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What a place is typed with. */
interface TypedDegrees {
  readonly latitude: string;
  readonly longitude: string;
  readonly name: string;
}

/** A place as it is typed, with what a pasted text says of one: both of its numbers, and its name where there is none yet. */
export function withPastedPlace<T extends TypedDegrees>(typed: T, pasted: string): T {
  const place = readMapPlace(pasted);
  if (typeof place === 'string') return typed;
  const { latitude, longitude, name } = place;
  return {
    ...typed,
    latitude: String(latitude),
    longitude: String(longitude),
    name: typed.name.trim() === '' ? (name ?? '') : typed.name,
  };
}
