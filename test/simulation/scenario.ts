import type { FlowRequest } from '../../shared/flows/flow-input.ts';
import type { DeciderName } from './deciders/deciders.ts';
import type { FaultName } from './faults.ts';

/** A callback on its way: sent at a time, and sent again until it is answered with 200. */
export interface Delivery {
  /** In milliseconds after the history begins. */
  readonly atMs: number;
  /** The key in the callback's URL, if it has one. */
  readonly callKey: string | null;
  readonly elements: readonly object[];
}

/** A call of ours that somebody asks for. */
export interface PlacedCall {
  /** In milliseconds after the history begins. */
  readonly askedAtMs: number;
  /** What ACS tells of it once it is placed, from that moment on, under the key that the call then has. */
  readonly told: readonly Delivery[];
  /** What it tells of the call that follows this one, if it is dialled again. */
  readonly toldAgain?: readonly Delivery[];
  /** The flow that runs it, with its input; none, unless told. */
  readonly flow?: FlowRequest;
  /** It goes out from the number that all such calls share, and needs its line. */
  readonly needsLine?: boolean;
}

/**
 * Which ACS answers: `preview` knows no repeatability headers, `repeatable` honours them for every kind of action, `ga`
 * for those of GA, and as GA does.
 */
export type ProviderProfile = 'preview' | 'repeatable' | 'ga';

/** How the faults of a history come about: drawn at a rate, or exactly these, by the step they hit. */
export type Faults =
  | { readonly perStep: number; readonly withCrashes: boolean }
  | { readonly exactly: Readonly<Record<string, FaultName>> };

/**
 * One history, as far as it is decided before it begins. With the same code the same scenario always runs the same way:
 * what is left open is drawn from its seed.
 */
export interface Scenario {
  readonly seed: number;
  /** How far each worker's clock is off, in milliseconds; one worker for each. */
  readonly clockSkewsMs: readonly number[];
  readonly provider: ProviderProfile;
  readonly decider: DeciderName;
  readonly deliveries: readonly Delivery[];
  /** Null, or not said: none is asked for. */
  readonly placed?: readonly PlacedCall[] | null;
  readonly faults: Faults;
  /** How often the sweep runs, in seconds; null where it does not run at all. */
  readonly sweepEverySeconds: number | null;
  /** For how long the host hides a message that it works on: ten minutes, unless another host has another idea. */
  readonly hiddenSeconds: number;
  /** After so many tries the host gives up on a message. */
  readonly maxDequeueCount: number;
  /** For how long an ended call is kept, in seconds; null, or not said, where retention does not run. */
  readonly keptSeconds?: number | null;
  /** What comes of an action is mostly told in one callback, and rarely twice; no, or not said: as often as not. */
  readonly isBrief?: boolean;
  /** Over how many queues events are spread, from when on, in milliseconds after the history begins; one unless told. */
  readonly eventQueues?: readonly { readonly atMs: number; readonly spread: number }[];
}
