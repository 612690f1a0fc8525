import { eventTimeOf } from '../../shared/clock.ts';
import { CONVERSATION_ID, element } from '../support/preview-2021-04-elements.ts';
import type { HistoryLength } from './history-length.ts';
import type { Random } from './random.ts';
import { START_MS } from './world.ts';

/** One event of a generated call, and when it happens, in milliseconds after the history begins. */
export interface GeneratedEvent {
  readonly atMs: number;
  readonly element: object;
}

const PARTS = ['roster', 'tones', 'play', 'invite', 'recording', 'hold'] as const;
const TONES = ['Tone1', 'Tone2', 'Tone3', 'Tone0', 'Pound', 'Star'] as const;
const HOLD = ['Hold', 'Unhold', 'Hold'] as const;
const GUESTS = ['ann', 'ben', 'cem', 'dee'] as const;

/** Builds the events of one call in the 2021-04 preview, in the shapes and at the speed of recorded ones. */
export class CallGenerator {
  readonly #random: Random;
  readonly #callLegId: string;
  readonly #events: GeneratedEvent[] = [];
  #atMs: number;
  #tonesLeft: number;
  readonly #pauses: number;
  readonly #count: HistoryLength['events'];

  constructor(
    random: Random,
    callLegId: string,
    {
      startsAtMs,
      events,
      tonesMax,
      pauses,
    }: { readonly startsAtMs: number } & Pick<HistoryLength, 'events' | 'tonesMax' | 'pauses'>,
  ) {
    this.#random = random;
    this.#callLegId = callLegId;
    this.#atMs = startsAtMs;
    this.#tonesLeft = tonesMax;
    this.#pauses = pauses;
    this.#count = events;
  }

  /** As many events as asked for; the end is missing where the call is to be hung up, or where it is lost. */
  generate(): GeneratedEvent[] {
    const random = this.#random;
    const count = random.between(this.#count.from, this.#count.to);
    const ending = this.#ending();
    if (random.chance(0.9)) this.#state('Establishing', null);
    this.#pass(500, 4_000);
    if (random.chance(0.9)) this.#state('Established', CONVERSATION_ID);
    const last = count - ending.length;
    while (this.#events.length < last) this.#part(last - this.#events.length);
    for (const [index, state] of ending.entries()) {
      if (index === 0) this.#pass(500, 20_000);
      else this.#pass(50, 900);
      this.#state(state, random.chance(0.5) ? CONVERSATION_ID : null);
    }
    return this.#events;
  }

  #ending(): readonly string[] {
    if (!this.#random.chance(0.9)) return [];
    return this.#random.chance(0.9) ? ['Terminating', 'Terminated'] : ['Terminating'];
  }

  /** Something that happens on a call, in as many events at the most as there is room for. */
  #part(room: number): void {
    const part = this.#random.pick(PARTS);
    if (part === 'tones') this.#tones(room);
    else if (part === 'play') this.#play(room);
    else if (part === 'invite') this.#invite();
    else if (part === 'recording') this.#recording();
    else if (part === 'hold' && room >= HOLD.length) this.#hold();
    else this.#roster(room);
  }

  /** An event with the id that some of this preview's events have. */
  #add(type: string, data: object, ticks = this.#random.below(10_000)): void {
    const id = this.#random.chance(0.2) ? `id-${this.#callLegId.slice(0, 8)}-${this.#events.length}` : null;
    const eventTime = timeText(this.#atMs, ticks);
    const made = element(type, data, { callLegId: this.#callLegId, id, eventTime });
    this.#events.push({ atMs: this.#atMs, element: made });
  }

  #pass(fromMs: number, toMs: number): void {
    this.#atMs += Math.ceil(this.#random.between(fromMs, toMs) * this.#pauses);
  }

  #state(CallState: string, ConversationId: string | null): void {
    this.#add('CallLegStateChanged', { ConversationId, CallState });
  }

  /** Three snapshots within one millisecond, now and then: somebody comes, goes and comes again. */
  #roster(room: number): void {
    this.#pass(100, 3_000);
    const names = GUESTS.filter(() => this.#random.chance(0.6));
    this.#add('ParticipantsUpdated', { Participants: names.map(name => this.#participant(name)) }, 1_000);
    if (room < 3 || !this.#random.chance(0.4)) return;
    this.#add('ParticipantsUpdated', { Participants: [] }, 2_000);
    this.#add('ParticipantsUpdated', { Participants: names.map(name => this.#participant(name)) }, 3_000);
  }

  #participant(name: string): object {
    return {
      Identifier: {
        RawId: `8:acs:${name}`,
        CommunicationUser: { Id: `8:acs:${name}` },
        PhoneNumber: null,
        MicrosoftTeamsUser: null,
      },
      ParticipantId: `endpoint-of-${name}`,
      IsMuted: this.#random.chance(0.2),
    };
  }

  #tones(room: number): void {
    const first = this.#random.below(2);
    const known = this.#events.length;
    const count = Math.min(this.#tonesLeft, this.#random.between(1, Math.min(4, room)));
    this.#tonesLeft -= count;
    for (let index = 0; index < count; index++) {
      if (!this.#random.chance(0.2)) this.#pass(50, 2_000);
      const ToneInfo = { SequenceId: first + known + index, Tone: this.#random.pick(TONES) };
      this.#add('DtmfReceived', { ToneInfo });
    }
  }

  #play(room: number): void {
    this.#pass(100, 1_000);
    const OperationContext = this.#random.chance(0.9) ? `foreign-play-${this.#events.length}` : null;
    this.#add('PlayAudioResult', { ResultInfo: null, OperationContext, Status: 'Running' });
    if (room < 2 || this.#random.chance(0.3)) return;
    this.#pass(300, 5_000);
    const ResultInfo = this.#random.chance(0.7)
      ? { Code: 200, Subcode: 0, Message: 'Action completed successfully.' }
      : { Code: 400, Subcode: 8508, Message: 'Action falied, the operation was cancelled.' };
    this.#add('PlayAudioResult', { ResultInfo, OperationContext, Status: 'Completed' });
  }

  #invite(): void {
    this.#pass(100, 2_000);
    const OperationContext = `foreign-invite-${this.#events.length}`;
    const RawId = `8:acs:${this.#random.pick(GUESTS)}`;
    const Participants = [
      { RawId, CommunicationUser: { Id: RawId }, PhoneNumber: null, MicrosoftTeamsUser: null },
    ];
    const Status = this.#random.pick(['Running', 'Completed', 'Failed'] as const);
    this.#add('InviteParticipantResult', { ResultInfo: null, OperationContext, Status, Participants });
  }

  /** The same again within one millisecond: three events, and no duplicates. */
  #hold(): void {
    this.#pass(100, 3_000);
    for (const [index, state] of HOLD.entries()) {
      this.#add(
        'CallLegStateChanged',
        { ConversationId: CONVERSATION_ID, CallState: state },
        100 + 100 * index,
      );
    }
  }

  #recording(): void {
    this.#pass(100, 2_000);
    const recorded = { RecordingId: 'recording-1', StartDateTime: timeText(this.#atMs, 0) };
    const State = this.#random.pick(['Active', 'Inactive'] as const);
    this.#add('CallRecordingStateChanged', { ...recorded, State, ConversationId: CONVERSATION_ID });
  }
}

/** A time with the seven digits that events carry. */
export function timeText(atMs: number, ticks: number): string {
  const text = eventTimeOf(START_MS + atMs).slice(0, -'0000Z'.length);
  return `${text}${String(ticks).padStart(4, '0')}Z`;
}
