// HTTP to one server, with what fetch does not do: an authority of one's own, and upgrades.
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Sent {
  readonly method: string;
  readonly url: string;
  /** Undefined for nobody. */
  readonly token?: string | undefined;
  readonly body?: object | string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In milliseconds, how long to wait for the answer; for ever if not given. */
  readonly patience?: number;
}

export interface Received { readonly status: number; readonly text: string }

export interface Connection {
  send(request: Sent): Promise<Received>;
}

/** A connection to a URL; the file of the authority that has signed for it, where it is HTTPS. */
export function connectionTo(server: string, authority?: string): Connection {
  const isSecure = server.startsWith('https:');
  const agent = isSecure ? new HttpsAgent({ keepAlive: true, ...(authority === undefined ? {} : { ca: readFileSync(authority) }) }) : new HttpAgent({ keepAlive: true });
  const request = isSecure ? httpsRequest : httpRequest;

  return {
    send: ({ method, url, token, body, headers, patience }) => new Promise((resolve, reject) => {
      const text = typeof body === 'object' ? JSON.stringify(body) : body;
      const options: RequestOptions = {
        method,
        agent,
        ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
        headers: {
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${ token }` }),
          ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...headers
        }
      };
      const outgoing = request(server + url, options, (response) => resolve(received(response)));

      outgoing.on('upgrade', ({ statusCode = 0 }, socket) => {
        socket.on('error', () => undefined);
        socket.destroy();
        resolve({ status: statusCode, text: '' });
      });
      outgoing.on('error', reject);
      outgoing.end(text);
    })
  };
}

async function received(response: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];

  for await (const chunk of response) {
    chunks.push(chunk as Buffer);
  }

  return { status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}
