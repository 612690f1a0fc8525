import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** An event as the 2021-04 preview writes it. */
export interface ReceivedEvent {
  readonly id: string | null;
  readonly subject: string;
  readonly eventType: string;
  readonly eventTime: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One POST that came. */
export interface ReceivedPost {
  /** With the query. */
  readonly path: string;
  readonly contentType: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly isArray: boolean;
  readonly events: readonly ReceivedEvent[];
}

/** How the receiver answers. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly location?: string;
}

/** The app, as far as it takes callbacks: it remembers each POST. */
export interface CallbackReceiver {
  /** Without a path. */
  readonly url: string;
  readonly posts: readonly ReceivedPost[];
  /** All events, in the order in which they came. */
  events(): ReceivedEvent[];
  close(): Promise<void>;
}

/** Listens on 127.0.0.1; answers each POST as told by its index, 200 by default. */
export async function startCallbackReceiver(
  answer: (index: number) => ReceiverAnswer = () => ({ status: 200 }),
): Promise<CallbackReceiver> {
  const posts: ReceivedPost[] = [];
  const server = createServer((request, response) => {
    void text(request).then(body => {
      const json = JSON.parse(body) as ReceivedEvent | ReceivedEvent[];
      const { status, location } = answer(posts.length);
      posts.push({
        path: request.url ?? '',
        contentType: request.headers['content-type'],
        headers: request.headers,
        isArray: Array.isArray(json),
        events: [json].flat(),
      });
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    events: () => posts.flatMap(({ events }) => events),
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

/** An event in a few words: what it is of, and how far that is. */
export function inWords({ eventType, data }: ReceivedEvent): string {
  const type = eventType.replace('Microsoft.Communication.', '');
  const tone = (data['ToneInfo'] as { Tone: string } | undefined)?.Tone;
  const subcode = (data['ResultInfo'] as { Subcode: number } | null | undefined)?.Subcode;
  const members = type === 'ParticipantsUpdated' ? (data['Participants'] as unknown[]).length : undefined;
  return [type, data['CallState'] ?? data['Status'] ?? tone ?? members, subcode]
    .filter(part => part !== undefined)
    .join(' ');
}
