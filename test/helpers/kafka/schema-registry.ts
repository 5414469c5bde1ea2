import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import avsc from 'avsc';

/**
 * A Schema Registry in memory, by the REST protocol that Confluent documents: ids are of schemas, whatever the subject;
 * versions are of subjects; errors have that protocol's codes.
 */
export const startRegistry = async (login?: string) => {
  const schemas: string[] = [];
  const subjects = new Map<string, number[]>();

  const answer = (method: string, path: string, body: { schema?: string }): [number, object] => {
    const [, room, name = '', rest, version] = path.split('?')[0]!.split('/').map(decodeURIComponent);
    if (room === 'schemas') {
      const schema = schemas[Number(rest) - 1];
      return schema === undefined ? [404, fault(40403, 'Schema not found')] : [200, { schema }];
    }
    if (room !== 'subjects') return [404, fault(404, 'HTTP 404 Not Found')];
    if (name === '') return [200, [...subjects.keys()]];
    if (method === 'POST' && !isSchema(body.schema)) return [422, fault(42201, 'Invalid schema')];
    const known = subjects.get(name);
    const id = schemas.indexOf(body.schema!) + 1;
    if (method === 'POST' && rest === 'versions') return [200, { id: register(name, body.schema!) }];
    if (known === undefined) return [404, fault(40401, `Subject '${name}' not found.`)];
    if (rest === 'versions') {
      const number = version === 'latest' ? known.length : Number(version);
      const found = known[number - 1];
      if (found === undefined) return [404, fault(40402, 'Version not found.')];
      return [200, { subject: name, version: number, id: found, schema: schemas[found - 1] }];
    }
    if (!known.includes(id)) return [404, fault(40403, 'Schema not found')];
    return [200, { subject: name, version: known.indexOf(id) + 1, id, schema: body.schema }];
  };
  const register = (subject: string, schema: string): number => {
    if (!schemas.includes(schema)) schemas.push(schema);
    const id = schemas.indexOf(schema) + 1;
    const known = subjects.get(subject) ?? [];
    if (!known.includes(id)) subjects.set(subject, [...known, id]);
    return id;
  };

  const server = createServer(async (request, response) => {
    const isLoggedIn = login === undefined || request.headers.authorization === basic(login);
    const [status, found] = isLoggedIn
      ? answer(request.method ?? 'GET', request.url ?? '/', await bodyOf(request))
      : [401, fault(401, 'Unauthorized')];
    response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
    response.end(JSON.stringify(found));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subjects: () => [...subjects.keys()].sort(),
    register,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

export type RegistryServer = Awaited<ReturnType<typeof startRegistry>>;

const fault = (error_code: number, message: string) => ({ error_code, message });
const basic = (login: string) => `Basic ${Buffer.from(login).toString('base64')}`;

const isSchema = (text: unknown): boolean => {
  try {
    avsc.Type.forSchema(JSON.parse(String(text)));
    return true;
  } catch {
    return false;
  }
};

const bodyOf = async (request: IncomingMessage): Promise<{ schema?: string }> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
};
