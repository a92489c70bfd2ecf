import type { FastifyInstance } from 'fastify';
import { checkToken, refuse } from './graph-checks.js';
import { graphError } from './graph-error.js';
import type { TemplateStore } from './templates.js';

export interface TemplateRoutesOptions {
  readonly account: string;
  readonly accessToken: string;
  readonly templates: TemplateStore;
}

/** As many as the Graph API gives when it is not asked for a number. */
const USUAL = 25;
const MOST = 1000;

/** The management side of the Graph API, as far as it is played: the list of templates. */
export function templateRoutes(
  app: FastifyInstance,
  { account, accessToken, templates }: TemplateRoutesOptions,
): void {
  app.get<{ Params: { version: string; account: string }; Querystring: { limit?: string; after?: string } }>(
    '/:version/:account/message_templates',
    (request, reply) => {
      const stranger = checkToken(request, accessToken);
      if (stranger !== null) return refuse(reply, stranger);
      if (request.params.account !== account) {
        const message = `Unsupported get request. There is no object ${request.params.account}, or the token may not use it.`;
        return refuse(reply, graphError(400, 100, message, { type: 'GraphMethodException', subcode: 33 }));
      }
      const { limit, after } = request.query;
      const wanted = Math.min(MOST, Math.max(1, Number(limit ?? USUAL) || USUAL));
      const url = `${request.protocol}://${request.host}/${request.params.version}/${account}/message_templates`;
      return templates.page(url, wanted, after);
    },
  );
}
