import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Random } from '@vakhta/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from './content-security-policy.ts';

/** Stands in the built page for the nonce of its answer. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';
const YEAR_SECONDS = 31_536_000;

/** Answers with the panel's page. */
export type SendPage = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Serves the files of the built panel in `directory`; returns what answers with its page, for every address in it. */
export async function servePanel(
  http: FastifyInstance,
  directory: string,
  random: Random,
): Promise<SendPage> {
  const page = join(directory, 'index.html');
  if (existsSync(directory))
    await http.register(fastifyStatic, {
      root: directory,
      index: false,
      cacheControl: false,
      // The page itself is never sent without its nonce.
      allowedPath: (path) => path !== '/index.html',
      setHeaders: (reply, path) => {
        // Their names hold a hash of what is in them.
        const hashed = path.startsWith(join(directory, 'assets') + sep);
        void reply.header(
          'cache-control',
          hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
        );
      },
    });

  const sendPage: SendPage = async (_request, reply) => {
    const html = await readFile(page, 'utf8').catch(() => undefined);
    if (html === undefined)
      return reply.code(503).type('text/plain').send('The panel is not built: npm run build\n');
    const nonce = Buffer.from(random.bytes(16)).toString('base64url');
    return reply
      .code(200)
      .header('content-security-policy', pagePolicy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html')
      .send(html.replaceAll(NONCE_PLACEHOLDER, nonce));
  };
  // The bare address is a folder to the files' handler, which would forbid it.
  http.get('/', sendPage);
  return sendPage;
}

/** Whether somebody typed or followed this address, rather than a page asking for a part that is missing. */
export const isNavigation = ({ method, headers, url }: FastifyRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !url.startsWith('/api/') &&
  (headers.accept ?? '').includes('text/html');
