import { share } from 'rxjs';
import type { Observable } from 'rxjs';
import { lazily } from '../operators/index.js';
import type { Alert } from '../workspace.js';
import type { AlertOptions } from './alerts.js';

/** As `alerts` of alerts.ts. Most agents never choose to hear of anything, so it is no part of the first load. */
export function alerts(options: AlertOptions): Observable<Alert> {
  return lazily(
    () => import('./alerts.js'),
    (loaded) => loaded.alerts(options),
  ).pipe(
    // A tab stands for the lock once.
    share(),
  );
}
