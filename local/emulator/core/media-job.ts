import type { Identity } from './identity.ts';

/** Something that is played or asked on a call, of which one goes on at a time. */
export interface MediaJob {
  readonly kind: 'play' | 'recognize';
  /** Begins; `ended` is called once, when it is over by itself. */
  begin(ended: () => void): void;
  /** Ends it before its time, and tells so. Also of one that has not begun. */
  cancel(): void;
  /** Somebody on the call pressed a key. */
  toneHeard?(key: string, by: Identity): void;
  /** Somebody on the call said something. */
  speechHeard?(text: string, by: Identity): void;
}
