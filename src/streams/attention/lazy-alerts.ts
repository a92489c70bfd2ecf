import { defer, retry, share, switchMap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Alert } from '../workspace.js';
import type { AlertOptions } from './alerts.js';

/** After how long they are loaded again when they could not be had, in milliseconds. */
const LOAD_AGAIN = 5_000;

/** As `alerts` of alerts.ts. Most agents never choose to hear of anything, so it is no part of the first load. */
export function alerts(options: AlertOptions): Observable<Alert> {
  return defer(() => import('./alerts.js')).pipe(
    retry({ delay: LOAD_AGAIN }),
    switchMap((loaded) => loaded.alerts(options)),
    // A tab stands for the lock once.
    share(),
  );
}
