import send from '@fastify/send';
import type { FastifyInstance } from 'fastify';
import { MEDIA_PATH, readAddress, type Disposition, type MediaAddress } from '../media/address.js';
import type { MediaDisk } from '../media/disk.js';
import { baseType, UNKNOWN_TYPE } from '../media/sniff.js';
import type { Metrics } from '../metrics.js';
import type { Queryable } from '../store/db.js';
import { readServed, type ServedFile } from '../store/media.js';
import { allowOrigins } from './cross-origin.js';

export interface MediaRoutesOptions {
  readonly db: Queryable;
  readonly disk: MediaDisk;
  /** What addresses are signed with. */
  readonly key: string;
  readonly now: () => number;
  readonly allowedOrigins: readonly string[];
  readonly metrics: Metrics;
}

/** What a browser shows or plays and does not run. All else is only ever kept. */
const SHOWN = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'audio/aac',
  'audio/amr',
  'audio/mp4',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'video/mp4',
  'video/3gpp',
  'video/webm',
  'application/pdf',
]);

/** Nothing in a file may do anything. */
const POLICY = "default-src 'none'; sandbox";
/** A browser's own viewer does not work in a sandbox, and is one itself. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";

const REFUSED = 'The address is not signed by this gateway, or no longer good.';
const GONE = 'There is no such file.';

/** Serves files by signed addresses: whoever has one may have the file until it ends. */
export async function registerMedia(app: FastifyInstance, options: MediaRoutesOptions): Promise<void> {
  await app.register(async (scope) => {
    allowOrigins(scope, {
      allowedOrigins: options.allowedOrigins,
      methods: 'GET, HEAD',
      headers: 'range',
      exposed: 'accept-ranges, content-length, content-range, content-disposition, etag',
    });
    scope.addHook('onResponse', (_request, reply, done) => {
      options.metrics.mediaServed.add(1, String(reply.statusCode));
      done();
    });
    scope.options(`${MEDIA_PATH}/:media`, (_request, reply) => reply.code(204).send());
    scope.get<{ Params: { media: string } }>(`${MEDIA_PATH}/:media`, async (request, reply) => {
      const { db, disk, key, now } = options;
      const query = request.query as Readonly<Record<string, unknown>>;
      const address = readAddress(key, request.params.media, query, now());
      if (!address) return reply.code(403).send({ error: REFUSED });
      const file = await readServed(db, address.media);
      if (!file) return reply.code(404).send({ error: GONE });
      const { statusCode, headers, stream } = await send(request.raw, `/${disk.nameOf(file.sha256)}`, {
        root: disk.root,
        cacheControl: false,
        contentType: false,
      });
      if (statusCode === 404) return reply.code(404).send({ error: GONE });
      void reply.headers({ ...headers, ...headersOf(file, address, now()) });
      return reply.code(statusCode).send(stream);
    });
  });
}

function headersOf(file: ServedFile, { as, until }: MediaAddress, now: number): Record<string, string> {
  const type = baseType(file.mime);
  const isShown = SHOWN.has(type);
  return {
    'content-type': isShown ? file.mime : UNKNOWN_TYPE,
    'content-disposition': disposition(isShown ? as : 'attachment', file.name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': type === 'application/pdf' ? PDF_POLICY : POLICY,
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    // The address is the right to it: nobody in between keeps the file, nor the browser for longer than that.
    'cache-control': `private, max-age=${Math.floor((until - now) / 1000)}, immutable`,
  };
}

/** RFC 6266, with the name for those who know RFC 5987 and for others. */
function disposition(as: Disposition, name: string | null): string {
  const tame = (name ?? '')
    // Parts of paths, and what turns the direction of writing, so that a name ends otherwise than it seems to.
    .replace(/[/\\\p{Control}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '_')
    .slice(0, 200);
  if (tame === '') return as;
  const plain = tame.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(tame).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${as}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
