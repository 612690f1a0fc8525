import type * as z from 'zod';
import type { LegRequest } from '../../../local/emulator/core/call-leg.ts';
import {
  type CalleeBookInput,
  calleeBookSchema,
  type stepSchema,
} from '../../../local/emulator/core/callee-book.ts';
import { Exchange } from '../../../local/emulator/core/exchange.ts';
import type { Happening } from '../../../local/emulator/core/happening.ts';
import { type Identity, identityOf, numberOrRawId } from '../../../local/emulator/core/identity.ts';
import type { LegEvent, LegNews, Outcome } from '../../../local/emulator/core/leg-event.ts';
import { OUTCOMES } from '../../../local/emulator/core/outcomes.ts';
import type { PlayRequest } from '../../../local/emulator/core/play-job.ts';
import { randomStreams } from '../../../local/emulator/core/random-streams.ts';
import { VirtualClock } from './virtual-clock.ts';

/** The app, in the calls of a virtual exchange. */
const APP = identityOf('8:acs:resource_app');
/** The number that it calls from. */
const LINE = '+18335550100';
/** Where it hears of its calls. */
const CALLBACK_URI = 'http://app.example.invalid/api/callbacks/key1?sig=secret';

/** The exchange in virtual time, with all that it tells. Prompts last as many seconds as their URI says: `https://x.invalid/4`. */
export function virtualExchange(callees: CalleeBookInput = {}, seed = 1) {
  const clock = new VirtualClock();
  const startMs = clock.now();
  const events: LegEvent[] = [];
  const happenings: Happening[] = [];
  const book = calleeBookSchema.parse(callees);
  const exchange = new Exchange({
    clock,
    streams: randomStreams(seed),
    book: () => book,
    ringSeconds: 60,
    measureAudio(uri, use) {
      const seconds = Number(uri.split('/').at(-1));
      use(Number.isNaN(seconds) ? { ok: false, outcome: OUTCOMES.noDownload } : { ok: true, seconds });
    },
    emit: event => events.push(event),
    note: happening => happenings.push(happening),
  });
  return {
    clock,
    exchange,
    events,
    happenings,
    /** What was told since the last time it was asked, each with the second it was told at, cut to tenths. */
    news: () =>
      events.splice(0).map(event => `${Math.floor((event.at.ms - startMs) / 100) / 10} ${inWords(event)}`),
    count: (kind: Happening['kind']) => happenings.filter(happening => happening.kind === kind).length,
    /** A call to these numbers or users that asks for everything. */
    place: (targets: readonly string[], request: Partial<LegRequest> = {}) =>
      exchange.place(targets.map(identityOf), { ...legRequest(), ...request }),
  };
}

/** Whom the tests call. */
export const BOB = '+14255550142';

/** Bob answers after two seconds, and does this. */
export function answering(...steps: readonly z.input<typeof stepSchema>[]): CalleeBookInput {
  return { callees: [{ match: BOB, script: { pickUp: 'answer', afterSeconds: 2, steps: [...steps] } }] };
}

/** A call with Bob, three seconds old. */
export function connectedCall(callees: CalleeBookInput = answering()) {
  const world = virtualExchange(callees);
  const call = world.place([BOB]);
  world.clock.turn(3);
  world.news();
  return { ...world, call, callId: call.leg.id };
}

/** A prompt, as the app asks for it. */
export function prompt(uri: string, request: Partial<PlayRequest> = {}): PlayRequest {
  return {
    sources: [{ kind: 'file', uri }],
    loop: false,
    operationContext: 'p1',
    callbackUri: undefined,
    ...request,
  };
}

/** A request that asks for everything. */
export function legRequest(): LegRequest {
  return { source: APP, callbackUri: CALLBACK_URI, wantsRoster: true, wantsTones: true, line: LINE };
}

function inWords({ news }: LegEvent): string {
  switch (news.type) {
    case 'state':
      return news.conversationId === null ? news.state : `${news.state} on a conversation`;
    case 'roster':
      return `roster ${news.entries
        .map(({ identity, isMuted }) => `${nameOf(numberOrRawId(identity))}${isMuted ? ' (muted)' : ''}`)
        .join(', ')}`;
    case 'tone':
      return `tone ${news.key} #${news.sequenceId}`;
    case 'play':
      return `play ${news.operationContext} ${news.status}${codes(news.outcome)}`;
    case 'invite':
      return `invite ${news.operationContext} ${news.status}${codes(news.outcome)} ${news.identities
        .map(identity => nameOf(numberOrRawId(identity)))
        .join(', ')}`;
    case 'cancelInvite':
    case 'hold':
    case 'mediaStreaming':
    case 'move':
    case 'recognize':
    case 'recording':
    case 'remove':
    case 'sendTones':
    case 'tonesStopped':
    case 'transcription':
    case 'transfer':
      return inFewWords(news);
  }
}

/** What only later dialects tell. */
function inFewWords(news: LegNews): string {
  const { type, ...rest } = news;
  const { status, operationContext, outcome, identity } = rest as {
    readonly status?: string;
    readonly operationContext?: string | null;
    readonly outcome?: Outcome | null;
    readonly identity?: Identity;
  };
  const words = [type, operationContext, status, identity && numberOrRawId(identity)];
  return `${words.filter(word => word != null).join(' ')}${codes(outcome ?? null)}`;
}

function nameOf(number: string): string {
  return number === APP.rawId ? 'app' : number;
}

function codes(outcome: { readonly code: number; readonly subcode: number } | null): string {
  return outcome === null ? '' : ` ${outcome.code}/${outcome.subcode}`;
}
