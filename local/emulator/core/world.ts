import type { Announcement } from './announcement.ts';
import type { CalleeBook } from './callee-book.ts';
import type { Clock } from './clock.ts';
import type { Happening } from './happening.ts';
import type { LegEvent, Outcome } from './leg-event.ts';
import type { RandomStreams } from './random-streams.ts';

/** How long an audio file is, or why it cannot be played. */
export type AudioLength =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly outcome: Outcome };

/** What the calls need of what is around them. */
export interface World {
  readonly clock: Clock;
  readonly streams: RandomStreams;
  /** Who answers, as it is now. */
  readonly book: () => CalleeBook;
  /** How long a telephone rings before the network gives up. */
  readonly ringSeconds: number;
  /** Finds how long a file is, and calls back: at once or later, once. */
  measureAudio(uri: string, use: (length: AudioLength) => void): void;
  /** Tells the app. */
  emit(event: LegEvent): void;
  /** Tells those who watch the whole resource, and not only one call; absent where nobody does. */
  readonly announce?: (announcement: Announcement) => void;
  /** Writes into the log what really happened. */
  note(happening: Happening): void;
}
