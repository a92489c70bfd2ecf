/** Where time comes from. Pure code takes instants as arguments; what must read the time gets one of these. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}
