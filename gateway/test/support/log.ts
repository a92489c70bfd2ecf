import { jsonLog, type Log, type LogFields } from '../../src/log.js';

/** Says nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: LogFields;
}

type Line = { readonly time: string } & Pick<LogLine, 'level' | 'message'> & LogFields;

/** Keeps what is said, as whoever reads the lines finds it there. */
export function recordingLog(): Log & { readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const log = jsonLog((line) => {
    const { time: _time, level, message, ...fields } = JSON.parse(line) as Line;
    lines.push({ level, message, fields });
  });
  return { lines, ...log };
}
