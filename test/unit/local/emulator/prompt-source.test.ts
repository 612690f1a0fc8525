import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../../local/emulator/core/outcomes.ts';
import {
  measurePrompts,
  type PromptLength,
  type PromptSource,
} from '../../../../local/emulator/core/prompt-source.ts';
import type { World } from '../../../../local/emulator/core/world.ts';

const world: Pick<World, 'measureAudio'> = {
  measureAudio(uri, use) {
    use(uri === 'none' ? { ok: false, outcome: OUTCOMES.noDownload } : { ok: true, seconds: 4 });
  },
};

function measured(...sources: readonly PromptSource[]): PromptLength | undefined {
  let length: PromptLength | undefined;
  measurePrompts(world, sources, found => {
    length = found;
  });
  return length;
}

describe('measurePrompts', () => {
  it.each<{ name: string; sources: readonly PromptSource[]; seconds: number }>([
    { name: 'nothing', sources: [], seconds: 0 },
    { name: 'a file', sources: [{ kind: 'file', uri: 'a' }], seconds: 4 },
    { name: 'a text by its length', sources: [{ kind: 'text', text: 'x'.repeat(30) }], seconds: 2 },
    { name: 'a short word', sources: [{ kind: 'text', text: 'Hi' }], seconds: 0.5 },
    {
      name: 'SSML by its words and pauses',
      sources: [
        { kind: 'ssml', ssml: `<speak>${'x'.repeat(15)}<break time="500ms"/><break time="2s"/></speak>` },
      ],
      seconds: 3.5,
    },
    {
      name: 'several, one after the other',
      sources: [
        { kind: 'file', uri: 'a' },
        { kind: 'text', text: 'x'.repeat(15) },
      ],
      seconds: 5,
    },
  ])('knows how long $name is', ({ sources, seconds }) => {
    expect(measured(...sources)).toEqual({ ok: true, seconds });
  });

  it('says which one cannot be played', () => {
    const sources = ['a', 'none', 'b'].map(uri => ({ kind: 'file' as const, uri }));

    expect(measured(...sources)).toEqual({ ok: false, outcome: OUTCOMES.noDownload, index: 1 });
  });
});
