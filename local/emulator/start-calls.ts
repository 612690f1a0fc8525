import { AudioMeter } from './audio/measure-audio.ts';
import { type CallbackReport, CallbackSender, type SendingSettings } from './callbacks/callback-sender.ts';
import type { Announcement } from './core/announcement.ts';
import { type CalleeBook, calleeBookSchema } from './core/callee-book.ts';
import { DEFAULT_CALLEES } from './core/default-callees.ts';
import { Exchange } from './core/exchange.ts';
import type { RandomStreams } from './core/random-streams.ts';
import type { EmulatedDialect } from './dialects/emulated-dialect.ts';
import type { EventGridSchema } from './dialects/event-grid/render-announcement.ts';
import { type DeliveryReport, EventGridSender } from './event-grid/event-grid-sender.ts';
import type { FaultDial } from './faults/fault-dial.ts';
import type { TalliedEntry } from './log/tally.ts';
import type { RealClock } from './real-clock.ts';
import type { EmulatorOptions } from './start-emulator.ts';
import type { CallbackTokens } from './tokens/callback-tokens.ts';

const DEFAULT_SENDING: SendingSettings = {
  envelope: 'array',
  attempts: 4,
  retryMs: 1000,
  timeoutMs: 10_000,
};

const DEFAULT_RING_SECONDS = 60;
const DEFAULT_EVENT_GRID = { attempts: 3, retryMs: 1000 };

/** What the calls are made of. */
export interface CallParts {
  readonly options: EmulatorOptions;
  /** The first is that of calls that carry none. */
  readonly dialects: readonly [EmulatedDialect, ...EmulatedDialect[]];
  readonly tokens: CallbackTokens;
  readonly clock: RealClock;
  readonly streams: RandomStreams;
  readonly dial: FaultDial;
  write(entry: TalliedEntry): void;
}

/** The calls, and the ways on which they are told of. */
export interface RunningCalls {
  readonly book: { current: CalleeBook };
  readonly exchange: Exchange;
  readonly sender: CallbackSender;
  readonly eventGrid: EventGridSender;
  readonly eventGridTarget: { readonly url: string | undefined; readonly schema: EventGridSchema };
}

/** Puts the exchange together with what sends its events. */
export function startCalls({
  options,
  dialects,
  tokens,
  clock,
  streams,
  dial,
  write,
}: CallParts): RunningCalls {
  const book = { current: options.callees ? calleeBookSchema.parse(options.callees) : DEFAULT_CALLEES };
  const [firstDialect] = dialects;
  const meter = new AudioMeter();
  const sender = new CallbackSender({
    clock,
    dial,
    settings: { ...DEFAULT_SENDING, ...options.callbacks },
    dialectOf: ({ leg }) => dialects.find(({ name }) => name === leg.dialect) ?? firstDialect,
    authorization: () => tokens.authorization(),
    report: report => write(callbackEntry(report)),
  });
  const { url, schema = 'eventGrid', reports = false, ...retries } = options.eventGrid ?? {};
  const eventGrid = new EventGridSender({ ...DEFAULT_EVENT_GRID, ...retries }, report =>
    write(deliveryEntry(report)),
  );
  const announce = (announcement: Announcement): void => {
    if (url === undefined || (isReport(announcement) && !reports)) return;
    void eventGrid.deliver(announcement, { url, schema });
  };
  const exchange = new Exchange({
    clock,
    streams,
    book: () => book.current,
    ringSeconds: options.ringSeconds ?? DEFAULT_RING_SECONDS,
    measureAudio: (uri, use) => meter.measure(uri, use),
    emit: event => sender.send(event),
    ...(url === undefined ? {} : { announce }),
    note: write,
  });
  return { book, exchange, sender, eventGrid, eventGridTarget: { url, schema } };
}

function isReport({ type }: Announcement): boolean {
  return type !== 'incomingCall' && type !== 'recordingFiles';
}

function callbackEntry({ events, attempt, result, isLast }: CallbackReport): TalliedEntry {
  const [first] = events;
  const isDropped = result === 'dropped';
  return {
    kind: 'callback',
    callId: first?.leg.id,
    callbackUri: first?.callbackUri,
    events: events.map(({ news }) => nameOf(news)),
    attempt,
    ...(isDropped ? { fault: 'drop' } : {}),
    ...(!isDropped && 'status' in result ? { status: result.status } : {}),
    ...(!isDropped && 'error' in result ? { detail: result.error } : {}),
    givenUp: isLast && !isDropped && !result.ok,
  };
}

function deliveryEntry({ announcement, attempt, result }: DeliveryReport): TalliedEntry {
  return {
    kind: 'eventGrid',
    callId: announcement.conversationId,
    events: [announcement.type],
    attempt,
    ...('status' in result ? { status: result.status } : { detail: result.error }),
  };
}

function nameOf(news: { readonly type: string; readonly state?: string; readonly status?: string }): string {
  const how = news.status ?? news.state;
  return how === undefined ? news.type : `${news.type} ${how}`;
}
