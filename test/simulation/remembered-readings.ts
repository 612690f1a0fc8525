import type { ReadResult } from '../../shared/dialects/dialect.ts';
import { eventGrid } from '../../shared/dialects/event-grid/event-grid.ts';
import { fingerprintOf } from '../../shared/dialects/fingerprint.ts';
import { preview202104 } from '../../shared/dialects/preview-2021-04/preview-2021-04.ts';

const READ_ANEW_EVERY = 17;

/** In every seventeenth history nobody relies on what another has read. */
export function isReadAnew(seed: number): boolean {
  return seed % READ_ANEW_EVERY === 0;
}

/** As they are without the simulation. */
const real = {
  isOfEventGrid: eventGrid.recognises,
  recognises: preview202104.recognises,
  read: preview202104.read,
};

/**
 * Has each element that was sent read once only, until this is called again: reading is pure, a history has each element
 * read by the receiver, by a worker or two and by the checks, and nothing else in it takes as long. An element is known by
 * its number, which nobody changes on its way.
 *
 * @param isOn false has each element read anew, as it is without the simulation.
 */
export function rememberReadings(isOn: boolean): void {
  const known = new Map<number, ReadResult>();
  const isKnown = (element: unknown) => known.has(numberOf(element));
  const remembering: typeof real = {
    isOfEventGrid: element => !isKnown(element) && real.isOfEventGrid(element),
    recognises: element => isKnown(element) || real.recognises(element),
    read: element => remembered(known, element),
  };
  const { isOfEventGrid, recognises, read } = isOn ? remembering : real;
  eventGrid.recognises = isOfEventGrid;
  preview202104.recognises = recognises;
  preview202104.read = read;
}

function remembered(known: Map<number, ReadResult>, element: unknown): ReadResult {
  const number = numberOf(element);
  const before = known.get(number);
  if (before !== undefined) return before;
  const result = withFingerprint(real.read(element));
  if (number !== UNNUMBERED) known.set(number, result);
  return result;
}

function withFingerprint(result: ReadResult): ReadResult {
  if (!result.ok) return result;
  return { ok: true, event: { ...result.event, fingerprint: fingerprintOf(result.event) } };
}

const UNNUMBERED = -1;

function numberOf(element: unknown): number {
  const { number = UNNUMBERED } = (element ?? {}) as { readonly number?: number };
  return number;
}
