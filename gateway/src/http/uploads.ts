import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { UPLOAD_PATH } from 'whatsapp-workspace/protocol';
import type { Authenticator } from '../desk/auth.js';
import { UploadRefused, type Uploads, type UploadState } from '../media/uploads.js';
import type { NewUpload } from '../store/uploads.js';
import { identityOf } from './bearer.js';
import { allowOrigins } from './cross-origin.js';

export interface UploadRoutesOptions {
  readonly uploads: Uploads;
  readonly auth: Authenticator;
  readonly allowedOrigins: readonly string[];
  /** Whether the gateway is about to stop: then it takes nothing more. */
  readonly isStopping: () => boolean;
}

const VERSION = '1.0.0';
const CHUNK_TYPE = 'application/offset+octet-stream';
const LONGEST_NAME = 255;
/** The same characters that the socket protocol takes for an identifier. */
const ID = /^[^\p{Control}\p{Surrogate}]{1,128}$/u;
const TYPE = /^[\w.+-]{1,64}\/[\w.+-]{1,128}(;[ -~]{0,100})?$/;

/**
 * Takes files from desks by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload): creation with POST, HEAD for how far it has come, PATCH for
 * more. The desk makes the id, so that a file is brought once: it stands in `Upload-Metadata` as `id`, and creation again says how far it has come. What is
 * complete has `Upload-Media`, our id of the file.
 */
export async function registerUploads(app: FastifyInstance, options: UploadRoutesOptions): Promise<void> {
  const { uploads } = options;
  const owners = new WeakMap<FastifyRequest, string>();
  await app.register(async (scope) => {
    allowOrigins(scope, {
      allowedOrigins: options.allowedOrigins,
      methods: 'POST, HEAD, PATCH',
      headers: 'authorization, content-type, tus-resumable, upload-length, upload-offset, upload-metadata',
      exposed: 'location, tus-resumable, upload-offset, upload-length, upload-media',
    });
    scope.removeAllContentTypeParsers();
    // What comes is never held in memory: it goes to the disk as it comes.
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof UploadRefused)) throw error;
      // Of its body no more is wanted.
      return reply.header('connection', 'close').code(error.status).send({ error: error.message });
    });
    scope.addHook('onRequest', async (request, reply) => {
      void reply.headers({ 'tus-resumable': VERSION, 'cache-control': 'no-store' });
      if (options.isStopping()) return refuse(reply, 503, 'The gateway stops.');
      if (request.method === 'OPTIONS') return;
      const identity = await identityOf(request, options.auth);
      if (!identity) return refuse(reply, 401, 'The token is missing or not good.');
      owners.set(request, identity.agent);
    });
    const ownerOf = (request: FastifyRequest) => owners.get(request) ?? '';
    scope.options(UPLOAD_PATH, (_request, reply) => reply.code(204).send());
    scope.options(`${UPLOAD_PATH}/:id`, (_request, reply) => reply.code(204).send());
    scope.post(UPLOAD_PATH, async (request, reply) => {
      const wanted = readCreation(request, ownerOf(request));
      if (typeof wanted === 'string') return reply.code(400).send({ error: wanted });
      const state = await uploads.begin(wanted);
      void reply.header('location', `${UPLOAD_PATH}/${encodeURIComponent(wanted.id)}`);
      return answer(reply, 201, state);
    });
    scope.head<{ Params: { id: string } }>(`${UPLOAD_PATH}/:id`, async (request, reply) =>
      answer(reply, 200, await uploads.state(ownerOf(request), request.params.id)),
    );
    scope.patch<{ Params: { id: string } }>(`${UPLOAD_PATH}/:id`, async (request, reply) => {
      const offset = wholeNumber(request.headers['upload-offset']);
      if (offset === null || request.headers['content-type'] !== CHUNK_TYPE)
        return reply.code(400).send({ error: `A chunk is ${CHUNK_TYPE}, and says its Upload-Offset.` });
      const owner = ownerOf(request);
      return answer(reply, 204, await uploads.append(owner, request.params.id, offset, request.raw));
    });
  });
}

async function refuse(reply: FastifyReply, status: number, error: string): Promise<void> {
  await reply.header('connection', 'close').code(status).send({ error });
}

function answer(reply: FastifyReply, status: number, { upload, taken }: UploadState): FastifyReply {
  return reply
    .code(status)
    .headers({
      'upload-offset': String(taken),
      'upload-length': String(upload.bytes),
      ...(upload.media !== null && { 'upload-media': upload.media }),
    })
    .send();
}

/** What a request to begin says, or what is wrong with it. */
function readCreation({ headers }: FastifyRequest, owner: string): NewUpload | string {
  const bytes = wholeNumber(headers['upload-length']);
  if (bytes === null) return 'Upload-Length is missing.';
  const metadata = readMetadata(headers['upload-metadata']);
  const [id, mime, name] = [metadata.get('id'), metadata.get('filetype'), metadata.get('filename')];
  if (id === undefined || !ID.test(id)) return 'Upload-Metadata has no id of 1 to 128 characters.';
  if (mime === undefined || !TYPE.test(mime)) return 'Upload-Metadata has no filetype.';
  const tame = name?.replace(/[\p{Control}\p{Surrogate}]/gu, '').slice(0, LONGEST_NAME);
  return { owner, id, bytes, mime, name: tame || null };
}

/** `key base64,key base64`. */
function readMetadata(header: string | readonly string[] | undefined): ReadonlyMap<string, string> {
  const pairs = String(header ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '));
  return new Map(pairs.map(([key = '', value = '']) => [key, Buffer.from(value, 'base64').toString('utf8')]));
}

function wholeNumber(header: string | readonly string[] | undefined): number | null {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : null;
}
