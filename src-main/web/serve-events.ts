import type { ServerResponse } from 'node:http';
import type { EventListener } from '../services/app.ts';
import { commonHeaders } from '../host/content-security-policy.ts';
import { answerError } from './answer.ts';

/** How many streams may be open, how often a sign of life is sent, how much a slow reader may leave unread. */
export interface EventLimits {
  readonly streams: number;
  readonly heartbeatMs: number;
  readonly unreadBytes: number;
}

/** The open event streams of the host. */
export interface EventStreams {
  /** Turns a response into a stream of events, unless there are too many. */
  open(response: ServerResponse): void;
  readonly send: EventListener;
  readonly count: () => number;
  close(): void;
}

/** Keeps the event streams (`GET /api/events`, server-sent events): one message an event, dropped with its client. */
export function createEventStreams(limits: EventLimits): EventStreams {
  const streams = new Set<ServerResponse>();

  const write = (stream: ServerResponse, text: string) => {
    stream.write(text);
    // A reader that does not read would fill the memory; it connects again when it is back.
    if (stream.writableLength > limits.unreadBytes) stream.destroy();
  };
  const heartbeat = setInterval(
    () => streams.forEach((stream) => write(stream, ':\n\n')),
    limits.heartbeatMs,
  );
  heartbeat.unref();

  return {
    open(response) {
      if (streams.size >= limits.streams) {
        answerError(
          response,
          429,
          'too-many-requests',
          'Too many windows listen already; close one of them.',
          {
            'Retry-After': '10',
          },
        );
        return;
      }
      response.writeHead(200, {
        ...commonHeaders,
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'",
        'Cache-Control': 'no-store',
      });
      streams.add(response);
      response.on('close', () => streams.delete(response));
      response.on('error', () => streams.delete(response));
      write(response, 'retry: 2000\n\n');
    },
    send(name, payload) {
      const text = `event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`;
      for (const stream of streams) write(stream, text);
    },
    count: () => streams.size,
    close() {
      clearInterval(heartbeat);
      for (const stream of streams) stream.end();
      streams.clear();
    },
  };
}
