import type { AudioLength, World } from './world.ts';

/** Something to be heard: a file, or words that are spoken. */
export type PromptSource =
  | { readonly kind: 'file'; readonly uri: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'ssml'; readonly ssml: string };

/** How long prompts are together, or which of them cannot be played. */
export type PromptLength =
  | { readonly ok: true; readonly seconds: number }
  | (Extract<AudioLength, { readonly ok: false }> & { readonly index: number });

/** About 150 English words a minute. */
const CHARACTERS_PER_SECOND = 15;
const LEAST_SECONDS = 0.5;

/** Finds how long they are, one after the other, and calls back: at once or later, once. */
export function measurePrompts(
  world: Pick<World, 'measureAudio'>,
  sources: readonly PromptSource[],
  use: (length: PromptLength) => void,
): void {
  const measureFrom = (index: number, seconds: number): void => {
    const source = sources[index];
    if (source === undefined) {
      use({ ok: true, seconds });
      return;
    }
    measure(world, source, length => {
      if (length.ok) measureFrom(index + 1, seconds + length.seconds);
      else use({ ...length, index });
    });
  };
  measureFrom(0, 0);
}

/** In a few words, for the log. */
export function describePrompts(sources: readonly PromptSource[]): string {
  return sources.map(describe).join(' + ');
}

function describe(source: PromptSource): string {
  if (source.kind === 'file') return source.uri;
  return source.kind === 'text' ? `"${source.text.slice(0, 80)}"` : 'SSML';
}

function measure(
  world: Pick<World, 'measureAudio'>,
  source: PromptSource,
  use: (length: AudioLength) => void,
): void {
  if (source.kind === 'file') world.measureAudio(source.uri, use);
  else use({ ok: true, seconds: source.kind === 'text' ? spoken(source.text) : spokenSsml(source.ssml) });
}

function spoken(text: string): number {
  return Math.max(LEAST_SECONDS, text.trim().length / CHARACTERS_PER_SECOND);
}

/** The words of it, and the pauses that it asks for. */
function spokenSsml(ssml: string): number {
  const pauses = [...ssml.matchAll(/<break[^>]*\btime="([\d.]+)(ms|s)"/g)];
  const pauseSeconds = pauses.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) / (unit === 'ms' ? 1000 : 1),
    0,
  );
  return spoken(ssml.replaceAll(/<[^>]*>/g, '')) + pauseSeconds;
}
