import { randomInt } from 'node:crypto';
import { AudioMeter } from './audio/measure-audio.ts';
import { type CallbackReport, CallbackSender, type SendingSettings } from './callbacks/callback-sender.ts';
import { type CalleeBookInput, calleeBookSchema } from './core/callee-book.ts';
import { DEFAULT_CALLEES } from './core/default-callees.ts';
import { Exchange } from './core/exchange.ts';
import { type RandomStreams, randomStreams } from './core/random-streams.ts';
import { preview202104 } from './dialects/preview-2021-04/preview-2021-04.ts';
import { FaultDial } from './faults/fault-dial.ts';
import type { FaultSettingsInput } from './faults/fault-settings.ts';
import { acsService } from './http/acs-service.ts';
import { controlService } from './http/control-service.ts';
import { startServer } from './http/start-server.ts';
import { ActivityLog } from './log/activity-log.ts';
import { type TalliedEntry, Tally } from './log/tally.ts';
import { RealClock } from './real-clock.ts';

/** Opens the emulator on this machine, and nothing else anywhere: it is no secret. */
const LOCAL_ONLY_ACCESS_KEY = Buffer.from('only for the local emulator').toString('base64');

/** How the emulator runs; everything has a default. */
export interface EmulatorOptions {
  /** Any free port by default. */
  readonly port?: number;
  /** How many times faster than in life things happen on calls. */
  readonly speed?: number;
  /** Of all chance; another one each time by default. */
  readonly seed?: number;
  /** Who answers, instead of the built-in callees. */
  readonly callees?: CalleeBookInput;
  readonly faults?: FaultSettingsInput;
  /** The base64 key that requests are signed with. */
  readonly accessKey?: string;
  /** False takes unsigned requests. */
  readonly auth?: boolean;
  /** Whether success is answered as the specification of the API has it, or as the overview page. */
  readonly statuses?: 'specification' | 'overview';
  readonly callbacks?: Partial<SendingSettings>;
  /** How long a telephone rings before the network gives up. */
  readonly ringSeconds?: number;
  /** How many entries of the log are kept. */
  readonly logEntries?: number;
}

/** The emulator, listening on 127.0.0.1. */
export interface RunningEmulator {
  readonly url: string;
  /** As an app needs it to reach the emulator in place of ACS. */
  readonly connectionString: string;
  readonly seed: number;
  /** Stops at once: calls, callbacks and connections end where they are. */
  close(): Promise<void>;
}

const DEFAULT_SENDING: SendingSettings = {
  envelope: 'array',
  attempts: 4,
  retryMs: 1000,
  timeoutMs: 10_000,
};

/** Starts an ACS with its callees. Rejects with plain words when an option is wrong or the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const { port = 0, speed = 1, seed = randomInt(2 ** 31), logEntries = 50_000 } = options;
  const { accessKey = LOCAL_ONLY_ACCESS_KEY, auth = true } = options;
  const log = new ActivityLog(logEntries);
  const tally = new Tally();
  const write = ({ line, givenUp, ...entry }: TalliedEntry) => {
    tally.add({ ...entry, line, ...(givenUp === undefined ? {} : { givenUp }) });
    log.add(entry);
  };
  const clock = new RealClock(speed);
  const streams = randomStreams(seed);
  const dial = new FaultDial(streams, options.faults);
  const calls = startCalls({ options, clock, streams, dial, write });
  const { exchange, dialect, book, sender } = calls;
  const acs = acsService({
    exchange,
    dialects: [dialect],
    dial,
    accessKey: auth ? Buffer.from(accessKey, 'base64') : undefined,
    write,
  });
  const control = controlService({
    exchange,
    dial,
    log,
    tally,
    book,
    waiting: () => sender.waiting,
  });
  const server = await startServer(port, request => {
    return /^\/emulator(?:\/|$)/.test(request.url.pathname) ? control(request) : acs(request);
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    connectionString: `endpoint=${url}/;accesskey=${accessKey}`,
    seed,
    async close() {
      clock.stop();
      sender.stop();
      await server.close();
    },
  };
}

interface Parts {
  readonly options: EmulatorOptions;
  readonly clock: RealClock;
  readonly streams: RandomStreams;
  readonly dial: FaultDial;
  write(entry: TalliedEntry): void;
}

function startCalls({ options, clock, streams, dial, write }: Parts) {
  const book = { current: options.callees ? calleeBookSchema.parse(options.callees) : DEFAULT_CALLEES };
  const dialect = preview202104(options.statuses ?? 'specification');
  const meter = new AudioMeter();
  const sender = new CallbackSender({
    clock,
    dial,
    settings: { ...DEFAULT_SENDING, ...options.callbacks },
    render: dialect.render,
    report: report => write(callbackEntry(report)),
  });
  const exchange = new Exchange({
    clock,
    streams,
    book: () => book.current,
    ringSeconds: options.ringSeconds ?? 60,
    measureAudio: (uri, use) => meter.measure(uri, use),
    emit: event => sender.send(event),
    note: write,
  });
  return { book, dialect, exchange, sender };
}

function callbackEntry({ events, attempt, result, isLast }: CallbackReport): TalliedEntry {
  const [first] = events;
  const isDropped = result === 'dropped';
  return {
    kind: 'callback',
    callId: first?.leg.id,
    callbackUri: first?.callbackUri,
    events: events.map(({ news }) => ('status' in news ? `${news.type} ${news.status}` : nameOf(news))),
    attempt,
    ...(isDropped ? { fault: 'drop' } : {}),
    ...(!isDropped && 'status' in result ? { status: result.status } : {}),
    ...(!isDropped && 'error' in result ? { detail: result.error } : {}),
    givenUp: isLast && !isDropped && !result.ok,
  };
}

function nameOf(news: { readonly type: string; readonly state?: string }): string {
  return news.state === undefined ? news.type : `${news.type} ${news.state}`;
}
