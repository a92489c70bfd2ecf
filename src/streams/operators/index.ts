/** Small things over rxjs that several folders use. */
export { sameElements, sameEntries } from './equal.js';
export { lazily } from './lazily.js';
export { OBSERVED, RecentSet, RecentlyMade, removeOldest } from './recent.js';
export { risesOf } from './rises.js';
export { SerialSubject } from './serial-subject.js';
export { replayed, shareGrace } from './share-grace.js';
