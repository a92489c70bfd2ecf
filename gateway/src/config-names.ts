/** Every variable that means something to the gateway. */
const NAMES = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'DATABASE_URL',
  'DEMO',
  'WHATSAPP_API_URL',
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_BUSINESS_ACCOUNT_ID',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
  'JWT_SECRET',
  'JWT_ISSUER',
  'JWT_AUDIENCE',
  'JWKS_URL',
  'ALLOWED_ORIGINS',
  'OFFER_TIMEOUT_S',
  'AGENT_CAPACITY',
  'DESKS_PER_AGENT',
  'PENDING_WARNING_S',
  'PENDING_CRITICAL_S',
  'CENTRE_FILE',
  'CLAMD_URL',
  'MEDIA_DIR',
  'MEDIA_RETENTION_DAYS',
  'SEND_RATE',
  'CONTACT_SEND_INTERVAL_S',
  'CONTACT_SEND_BURST',
] as const;

/** What people write instead, and too far from it to be found by its letters. */
const MISTAKEN: Readonly<Record<string, string>> = {
  WHATSAPP_TOKEN: 'WHATSAPP_ACCESS_TOKEN',
  WHATSAPP_PHONE_ID: 'WHATSAPP_PHONE_NUMBER_ID',
  WHATSAPP_PHONE_NUMBER: 'WHATSAPP_PHONE_NUMBER_ID',
  WHATSAPP_SECRET: 'WHATSAPP_APP_SECRET',
  WHATSAPP_WABA_ID: 'WHATSAPP_BUSINESS_ACCOUNT_ID',
  WHATSAPP_ACCOUNT_ID: 'WHATSAPP_BUSINESS_ACCOUNT_ID',
  WHATSAPP_WEBHOOK_TOKEN: 'WHATSAPP_VERIFY_TOKEN',
  OFFER_TIMEOUT: 'OFFER_TIMEOUT_S',
  PENDING_WARNING: 'PENDING_WARNING_S',
  PENDING_CRITICAL: 'PENDING_CRITICAL_S',
};

/** Prefixes of ours: a name that has one and is none of ours is worth a word. */
const PREFIXES = ['WHATSAPP_', 'JWT_', 'JWKS_', 'ALLOWED_', 'OFFER_', 'AGENT_', 'PENDING_'];

/** Shorter names are near to everything. */
const SHORTEST_CHECKED = 8;
const NEAR = 2;

export interface StrangeNames {
  /** Each with the name that was probably meant. */
  readonly mistakes: readonly (readonly [name: string, meant: string])[];
  /** Names that look like ours, and that somebody else may have set: platforms name variables after services. */
  readonly unknown: readonly string[];
}

/** Finds names that were probably meant for the gateway. Where what was meant is set too, the other name is not taken for a mistake. */
export function findStrangeNames(env: Readonly<Record<string, string | undefined>>): StrangeNames {
  const known = new Set<string>(NAMES);
  const mistakes: (readonly [string, string])[] = [];
  const unknown: string[] = [];
  for (const name of Object.keys(env)) {
    if (known.has(name)) continue;
    const meant = MISTAKEN[name] ?? nearest(name);
    if (meant !== undefined && !env[meant]?.trim()) mistakes.push([name, meant]);
    else if (PREFIXES.some((prefix) => name.startsWith(prefix))) unknown.push(name);
  }
  return { mistakes, unknown };
}

function nearest(name: string): string | undefined {
  if (name.length < SHORTEST_CHECKED) return undefined;
  const candidates = NAMES.filter((known) => known.length >= SHORTEST_CHECKED);
  return candidates.find((known) => distance(name, known) <= NEAR);
}

/** How many letters have to be put in, taken out, replaced or exchanged with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + differs,
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
