import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../log.js';

/** SQLSTATE of a server that takes no connections yet: it starts, or recovers from a crash or a power cut. */
const STARTING = '57P03';
const PAUSE = 200;

/**
 * Does what begins with a connection, as soon as the database takes any: after a power cut it comes up together with the gateway, and may have much to recover.
 * @throws What `work` throws for another reason.
 */
export async function onceStarted<T>(log: Log, work: () => Promise<T>): Promise<T> {
  for (let isTold = false; ; isTold = true) {
    try {
      return await work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException | null)?.code !== STARTING) throw error;
      if (!isTold) log.warn('The database starts or recovers: it is waited for');
      await wait(PAUSE);
    }
  }
}
