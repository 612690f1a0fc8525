import { randomInt } from 'node:crypto';
import { ACS_ISSUER } from '../../shared/config/token-settings.ts';
import type { SendingSettings } from './callbacks/callback-sender.ts';
import type { CalleeBookInput } from './core/callee-book.ts';
import { randomStreams } from './core/random-streams.ts';
import { ga } from './dialects/ga/ga.ts';
import { preview202104 } from './dialects/preview-2021-04/preview-2021-04.ts';
import type { EventGridOptions } from './event-grid/event-grid-options.ts';
import { FaultDial } from './faults/fault-dial.ts';
import type { FaultSettingsInput } from './faults/fault-settings.ts';
import { acsService } from './http/acs-service.ts';
import { controlService } from './http/control-service.ts';
import { eventGridRoutes } from './http/event-grid-routes.ts';
import { RepeatabilityMemory } from './http/repeatability.ts';
import { matchRoutes } from './http/router.ts';
import { startServer } from './http/start-server.ts';
import { publishedRoutes, tokenRoutes } from './http/token-routes.ts';
import { ActivityLog } from './log/activity-log.ts';
import { type TalliedEntry, Tally } from './log/tally.ts';
import { RealClock } from './real-clock.ts';
import { startCalls } from './start-calls.ts';
import { CallbackTokens, type TokenSettings } from './tokens/callback-tokens.ts';

/** Opens the emulator on this machine, and nothing else anywhere: it is no secret. */
const LOCAL_ONLY_ACCESS_KEY = Buffer.from('only for the local emulator').toString('base64');

/** For whom the tokens are where nobody says: stands for the immutable id of an ACS resource. */
const LOCAL_AUDIENCE = '00000000-0000-4000-8000-0000000000ac';

/** The guidelines of Azure ask services for at least so long. */
const REPEATABILITY_SECONDS = 300;

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
  /** Whether success is answered as the specification of the API has it, or as the overview page; of the preview alone. */
  readonly statuses?: 'specification' | 'overview';
  readonly callbacks?: Partial<SendingSettings>;
  /** How long a telephone rings before the network gives up. */
  readonly ringSeconds?: number;
  /** How long after it was first sent a request of GA may be repeated, by real time; 0 knows no repetition. */
  readonly repeatabilitySeconds?: number;
  /** Of the tokens that callbacks of GA bear. */
  readonly tokens?: Partial<TokenSettings>;
  readonly eventGrid?: EventGridOptions;
  /** How many entries of the log are kept. */
  readonly logEntries?: number;
}

/** The emulator, listening on 127.0.0.1. */
export interface RunningEmulator {
  readonly url: string;
  /** As an app needs it to reach the emulator in place of ACS. */
  readonly connectionString: string;
  readonly seed: number;
  /** What an app needs to prove the tokens of callbacks. */
  readonly tokens: TokenSettings & { readonly jwksUrl: string };
  /** Stops at once: calls, callbacks and connections end where they are. */
  close(): Promise<void>;
}

/** Starts an ACS with its callees. Rejects with plain words when an option is wrong or the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const { port = 0, speed = 1, seed = randomInt(2 ** 31), accessKey = LOCAL_ONLY_ACCESS_KEY } = options;
  const { log, tally, write } = startLog(options.logEntries ?? 50_000);
  const clock = new RealClock(speed);
  const streams = randomStreams(seed);
  const dial = new FaultDial(streams, options.faults);
  const dialects = [preview202104(options.statuses ?? 'specification'), ga] as const;
  const settings = { issuer: ACS_ISSUER, audience: LOCAL_AUDIENCE, ...options.tokens };
  const tokens = new CallbackTokens(settings, count => streams.guid(`key|${count}`));
  const calls = startCalls({ options, dialects, tokens, clock, streams, dial, write });
  const { exchange, book, sender, eventGrid, eventGridTarget } = calls;
  const acs = acsService({
    exchange,
    dialects,
    dial,
    repeatability: repeatabilityOf(options),
    accessKey: options.auth === false ? undefined : Buffer.from(accessKey, 'base64'),
    write,
  });
  const url = () => `http://127.0.0.1:${server.port}`;
  const deliver = (...delivery: Parameters<typeof eventGrid.deliver>) => void eventGrid.deliver(...delivery);
  const control = controlService({
    exchange,
    dial,
    log,
    tally,
    book,
    waiting: () => sender.waiting + eventGrid.waiting,
    further: [
      ...tokenRoutes(tokens, url),
      ...eventGridRoutes({ exchange, target: eventGridTarget, deliver }),
    ],
  });
  const published = publishedRoutes(tokens, url);
  const server = await startServer(port, async request => {
    const { method, url: asked } = request;
    if (/^\/emulator(?:\/|$)/.test(asked.pathname)) return control(request);
    const [match] = matchRoutes(published, method, asked.pathname);
    return match === undefined
      ? acs(request)
      : { answer: await match.route.answer({ ...request, params: {} }) };
  });
  return {
    url: url(),
    connectionString: `endpoint=${url()}/;accesskey=${accessKey}`,
    seed,
    tokens: { ...settings, jwksUrl: `${url()}/calling/keys` },
    async close() {
      clock.stop();
      sender.stop();
      eventGrid.stop();
      await server.close();
    },
  };
}

function startLog(entries: number) {
  const log = new ActivityLog(entries);
  const tally = new Tally();
  const write = ({ line, givenUp, ...entry }: TalliedEntry) => {
    tally.add({ ...entry, line, ...(givenUp === undefined ? {} : { givenUp }) });
    log.add(entry);
  };
  return { log, tally, write };
}

function repeatabilityOf({ repeatabilitySeconds = REPEATABILITY_SECONDS }: EmulatorOptions) {
  return repeatabilitySeconds === 0 ? undefined : new RepeatabilityMemory(repeatabilitySeconds * 1000);
}
