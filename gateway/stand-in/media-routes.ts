import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WHATSAPP_FILE_LIMITS } from 'whatsapp-workspace/model';
import { checkToken, refuse } from './graph-checks.js';
import { graphError, missing, type GraphError } from './graph-error.js';
import type { MediaStore } from './media-store.js';

export interface MediaRoutesOptions {
  readonly phoneNumberId: string;
  readonly accessToken: string;
  readonly media: MediaStore;
}

const LIMITS = Object.values(WHATSAPP_FILE_LIMITS);
const MOST = 100 * 1024 * 1024 + 64 * 1024;

/** Files of the Graph API: handed over, asked for, fetched and thrown away. */
export function mediaRoutes(app: FastifyInstance, options: MediaRoutesOptions): void {
  const { media } = options;
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: MOST },
    (_request, body, done) => done(null, body),
  );
  app.addHook('onRequest', async (request, reply) => {
    const complaint = checkToken(request, options.accessToken);
    if (complaint !== null) await refuse(reply, complaint);
  });
  app.post<{ Params: { number: string } }>(
    '/:version/:number/media',
    { bodyLimit: MOST },
    async (request, reply) => {
      if (request.params.number !== options.phoneNumberId)
        return refuse(reply, noSuch(request.params.number, 'post'));
      const file = await readUpload(request);
      return 'status' in file ? refuse(reply, file) : { id: media.put(file).id };
    },
  );
  app.get<{ Params: { id: string } }>('/:version/:id', (request, reply) => {
    const file = media.get(request.params.id);
    if (!file)
      return refuse(
        reply,
        media.isForgotten(request.params.id) ? FORGOTTEN : noSuch(request.params.id, 'get'),
      );
    const { id, mime, sha256, bytes } = file;
    const url = `${request.protocol}://${request.host}/whatsapp_business/attachments/?mid=${media.address(id)}`;
    return {
      messaging_product: 'whatsapp',
      url,
      mime_type: mime,
      sha256: Buffer.from(sha256, 'base64').toString('hex'),
      file_size: bytes.length,
      id,
    };
  });
  app.delete<{ Params: { id: string } }>('/:version/:id', (request, reply) =>
    media.remove(request.params.id) ? { success: true } : refuse(reply, noSuch(request.params.id, 'delete')),
  );
  app.get('/whatsapp_business/attachments/', (request, reply) => fetchFile(request, reply, media));
}

/** An address that has ended, or never was, is answered by 404. */
function fetchFile(request: FastifyRequest, reply: FastifyReply, media: MediaStore): FastifyReply {
  const { mid = '' } = request.query as { mid?: string };
  const file = media.at(mid);
  return file ? reply.type(file.mime).send(file.bytes) : reply.code(404).send();
}

type Uploaded = { readonly mime: string; readonly name: string | null; readonly bytes: Buffer };

async function readUpload(request: FastifyRequest): Promise<Uploaded | GraphError> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(request.body as Buffer), { headers })
    .formData()
    .catch(() => null);
  const [product, type, file] = ['messaging_product', 'type', 'file'].map((name) => form?.get(name) ?? null);
  if (product !== 'whatsapp') return missing('messaging_product');
  if (typeof file !== 'object' || file === null) return missing('file');
  if (typeof type !== 'string') return missing('type');
  const bytes = Buffer.from(await file.arrayBuffer());
  return complaintAbout(type, bytes) ?? { mime: type, name: file.name, bytes };
}

/** By what it is called, as the Cloud API judges: by its content it judges later. */
function complaintAbout(mime: string, { length }: Buffer): GraphError | null {
  const [type = ''] = mime.split(';', 1);
  const limits = LIMITS.filter(({ types }) => types.includes(type));
  // Bare Ogg is refused; it needs its codec.
  if (limits.length === 0 || mime === 'audio/ogg')
    return graphError(
      400,
      100,
      `(#100) Param file must be a file with one of the following types. Received file of type '${mime}'.`,
    );
  const most = Math.max(...limits.map(({ bytes }) => bytes));
  return length > most
    ? graphError(400, 131053, '(#131053) Media upload error', { details: 'The file is too large.' })
    : null;
}

const FORGOTTEN = graphError(400, 131052, '(#131052) Media download error', {
  details: 'The file has ended.',
});

function noSuch(id: string, verb: string): GraphError {
  const message = `Unsupported ${verb} request. Object with ID '${id}' does not exist, or the token may not use it.`;
  return graphError(400, 100, message, { type: 'GraphMethodException', subcode: 33 });
}
