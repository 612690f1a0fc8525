import { TONES, type ToneName } from '../domain/call-event.ts';

const ALIASES: ReadonlyMap<string, ToneName> = new Map([
  ['star', 'asterisk'],
  ['hash', 'pound'],
  ['*', 'asterisk'],
  ['#', 'pound'],
]);

/**
 * The key that a wire format means: the previews say Tone1, Star, Pound, A, Flash, GA says one, asterisk, pound, a;
 * digits and signs alone are understood as well, in any case. Undefined for anything else.
 */
export function toneNamed(wire: string): ToneName | undefined {
  const name = wire.toLowerCase();
  const digit = /^(?:tone)?(\d)$/.exec(name)?.[1];
  if (digit !== undefined) return TONES[Number(digit)];
  const bare = name.replace(/^tone/, '');
  return ALIASES.get(bare) ?? TONES.find(tone => tone === bare);
}
