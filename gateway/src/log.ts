/** Facts of a log line: ids, numbers and words of our own, none of them called `time`, `level` or `message`. Never what people wrote, nor secrets. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Structured log. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  /** What an operator has to look at. */
  error(message: string, fields?: LogFields): void;
}

/** Writes one JSON object per line to standard output, for as long as somebody reads that. */
export function jsonLog(write: (line: string) => void = toStandardOutput()): Log {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

let isOutputWatched = false;

/** Whoever read the log may leave (`npm start | head`): that is no reason to leave contacts and desks. */
function toStandardOutput(): (line: string) => void {
  if (!isOutputWatched) {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  isOutputWatched = true;
  return (line) => process.stdout.write(line);
}

/**
 * What went wrong, for a log line. Only kind, code and place: messages of the database quote values, and values may be what people wrote.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  const place = error.stack?.split('\n').find((line) => line.startsWith('    at '));
  return { error: error.name, code: code ?? null, place: place?.trim() ?? null };
}
