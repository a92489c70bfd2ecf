/** Whom a token names. */
export interface TokenClaims {
  readonly issuer: string;
  readonly agent: string;
}

/** What a JSON Web Token says of itself, unverified; null when it cannot be read. */
export function claimsOf(token: string): TokenClaims | null {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.codePointAt(0) ?? 0);
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return null;
    const { iss, sub } = claims as { readonly iss?: unknown; readonly sub?: unknown };
    return typeof iss === 'string' && typeof sub === 'string' ? { issuer: iss, agent: sub } : null;
  } catch {
    return null;
  }
}
