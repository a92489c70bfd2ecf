/** Of what is taken up for a while. */
export interface LeaseTimes {
  readonly now: number;
  /** Until when a lease holds if nobody renews it. */
  readonly holds: number;
  /** No instant of ours lies later: one that does was written by a clock that has been put right since. */
  readonly latest: number;
  readonly limit: number;
  /** The business numbers that have enough under way. */
  readonly full: readonly string[];
}
