import type { Observable } from 'rxjs';
import type { CommandArgs } from '../../model/index.js';
import { lazily } from '../operators/index.js';
import type { ReadMarksOptions } from './read-marks.js';

/** As `readMarks` of read-marks.ts, which a first load does not need. */
export function readMarks(options: ReadMarksOptions): Observable<CommandArgs['mark-read']> {
  return lazily(
    () => import('./read-marks.js'),
    (loaded) => loaded.readMarks(options),
  );
}
