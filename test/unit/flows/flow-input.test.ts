import { describe, expect, it } from 'vitest';
import { FLOWS } from '../../../flows/registry.ts';
import { flowStartOf } from '../../../shared/flows/flow-input.ts';
import { testFlow } from '../../support/test-flow.ts';

const VERSIONS = [testFlow, { ...testFlow, version: 3 }, { ...testFlow, version: 2 }];

describe('flowStartOf', () => {
  it('starts nothing where no flow is asked for', () => {
    expect(flowStartOf(VERSIONS, undefined)).toEqual({ ok: true, flow: null });
  });

  it.each([
    { name: 'the newest unless told', version: undefined, started: 3 },
    { name: 'the version that is asked for', version: 1, started: 1 },
  ])('starts $name', ({ version, started }) => {
    const asked = { name: 'test-flow', version, input: testFlow.example };

    expect(flowStartOf(VERSIONS, asked)).toEqual({
      ok: true,
      flow: { name: 'test-flow', version: started, input: testFlow.example },
    });
  });

  it('completes the input with what is given unless told', () => {
    expect(flowStartOf(FLOWS, { name: 'conversation-monitor' })).toMatchObject({
      flow: { input: { aloneSeconds: 60, hours: 24 } },
    });
  });

  it.each([
    { asked: { name: 'reminder' }, pointer: '/flow/name', detail: 'expected a flow of this app: test-flow' },
    {
      asked: { name: 'test-flow', version: 9 },
      pointer: '/flow/version',
      detail: 'expected a version that is deployed: 1, 3, 2',
    },
    {
      asked: { name: 'test-flow', input: { prompt: 'a.wav' } },
      pointer: '/flow/input/prompt',
      detail: expect.stringMatching(/URL/) as unknown,
    },
  ])('says what is wrong at $pointer', ({ asked, pointer, detail }) => {
    expect(flowStartOf(VERSIONS, asked)).toEqual({ ok: false, faults: [{ pointer, detail }] });
  });

  it('finds a flow for calls of the dialects that it names', () => {
    const flows = [{ ...testFlow, dialects: ['ga' as const] }];
    const asked = { name: testFlow.name, input: testFlow.example };

    expect(flowStartOf(flows, asked, 'ga').ok).toBe(true);
    expect(flowStartOf(flows, asked, 'preview-2021-04')).toMatchObject({
      ok: false,
      faults: [{ pointer: '/flow/name', detail: expect.stringContaining('for those of ga') as string }],
    });
    expect(flowStartOf([testFlow], asked, 'preview-2021-04').ok).toBe(true);
  });
});
