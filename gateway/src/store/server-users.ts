import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, startOf } from './processes.js';

/** The processes that use a server, as files beside its folder: for who has no time to ask the server itself. */
export class ServerUsers {
  readonly #folder: string;

  /** @param server The folder of the server's data. */
  constructor(server: string) {
    this.#folder = `${server}.users`;
  }

  /** This process uses the server from now on. */
  enter(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(this.#file(process.pid), startOf(process.pid) ?? '');
    for (const pid of this.#pids()) if (!this.#lives(pid)) rmSync(this.#file(pid), { force: true });
  }

  leave(): void {
    rmSync(this.#file(process.pid), { force: true });
  }

  /** Whether a process other than this one uses the server. */
  hasOthers(): boolean {
    return this.#pids().some((pid) => pid !== process.pid && this.#lives(pid));
  }

  #pids(): readonly number[] {
    return readdirSync(this.#folder).map(Number);
  }

  /** Whether the process lives that wrote its name: the id of one that was killed may be another program's by now. */
  #lives(pid: number): boolean {
    try {
      return isAlive(pid) && readFileSync(this.#file(pid), 'utf8') === (startOf(pid) ?? '');
    } catch {
      // It has left meanwhile.
      return false;
    }
  }

  #file(pid: number): string {
    return join(this.#folder, String(pid));
  }
}
