import { randomInt } from 'node:crypto';

/** Somebody with a phone. */
export interface PhoneContact {
  readonly id: string;
  /** The name of the profile. */
  readonly name: string;
  /** Digits; null: hidden from businesses, who then see the user name. */
  readonly phone: string | null;
  readonly bsuid: string;
  readonly username: string | null;
}

/** What is needed for a new contact; the rest is made up. */
export interface NewContact {
  readonly name?: string | null;
  readonly phone?: string | null;
  readonly bsuid?: string | null;
  readonly username?: string | null;
}

export const READY_MADE: readonly PhoneContact[] = [
  {
    id: 'ana',
    name: 'Ana Wanjiru',
    phone: '254712000345',
    bsuid: 'KE.71200034500000000001',
    username: null,
  },
  {
    id: 'bruno',
    name: 'Bruno Carvalho',
    phone: '5511900000217',
    bsuid: 'BR.11900000217000000002',
    username: 'bruno.carvalho',
  },
  {
    id: 'layla',
    name: 'ليلى الحسيني',
    phone: '971500000468',
    bsuid: 'AE.50000046800000000003',
    username: null,
  },
  { id: 'mika', name: 'Mika', phone: null, bsuid: 'FI.40000000000000000004', username: 'mika.builds' },
  {
    id: 'wilhelmina',
    name: 'Wilhelmina Alexandra Featherstonehaugh-Cholmondeley of Upper Brailes',
    phone: '447700900359',
    bsuid: 'GB.77009003590000000005',
    username: null,
  },
];

/**
 * Completes a new contact. `id` must be free. Nobody has neither a number nor a user name: whoever has neither gets a number.
 */
export function makeContact(seed: NewContact, id: string): PhoneContact {
  const username = seed.username?.trim().replace(/^@/, '') || null;
  const given = seed.phone?.replaceAll(/\D/g, '') || null;
  const isKnownByBsuid = Boolean(seed.bsuid) && given === null;
  const phone = given ?? (username === null && !isKnownByBsuid ? `1202555${fourDigits()}` : null);
  const name = seed.name?.trim() || (phone ? `+${phone}` : (username ?? seed.bsuid ?? id));
  return {
    id,
    name,
    phone,
    bsuid: seed.bsuid || `US.${id.replaceAll(/\W/g, '')}${fourDigits()}${fourDigits()}`,
    username,
  };
}

function fourDigits(): string {
  return String(randomInt(10_000)).padStart(4, '0');
}
