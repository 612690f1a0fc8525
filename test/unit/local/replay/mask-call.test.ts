import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { CallFile } from '../../../../local/replay/call-file.ts';
import { describeReplay } from '../../../../local/replay/describe-replay.ts';
import { maskCall } from '../../../../local/replay/mask-call.ts';
import type { Call } from '../../../../shared/domain/call.ts';
import { listening } from '../../../../shared/flows/decider.ts';
import type { Flow } from '../../../../shared/flows/flow.ts';
import { flowLookup } from '../../../../shared/flows/flow-lookup.ts';
import { FlowCall } from '../../../../shared/flows/testing/flow-call.ts';
import { mentionOf } from '../../../../shared/processing/mention-of.ts';
import { replayJournal } from '../../../../shared/processing/replay-journal.ts';
import { atSecond, CALL_KEY, callEvent, fold } from '../../../support/call-events.ts';
import { FLOW_SCRIPTS } from '../../../support/flow-scripts.ts';

const NUMBER = '+14255550142';
const USER = '8:acs:aaaa-bbbb_cccc-dddd';

/** What a masked call file has in the place of a value. */
function masked(value: unknown): unknown {
  const file = { callKey: 'c1', journal: [], stored: { value } as unknown as Call };
  return (maskCall(file).stored as unknown as { readonly value: unknown }).value;
}

describe('maskCall', () => {
  it.each([
    ['a raw id', { rawId: '4:+14255550142' }],
    ['a raw id without a plus', { rawId: '4:14255550142' }],
    ['a number that the network vouches for', '4:+14255550142_assertedId'],
    ['an escaped plus', String.raw`{"value":"\u002B14255550142"}`],
    ['a plus of a URL', 'tel=%2B14255550142&x'],
    ['digits alone', 'no answer from 14255550142.'],
    ['a prompt', { text: 'Call us at +14255550142, or at 14255550142' }],
    ['a key', { '4:+14255550142': 'busy' }],
    ['a number of JSON', { to: 14_255_550_142 }],
    ['headers', { sipHeaders: { 'X-From': 'Ann 14255550142' } }],
    ['a context that holds the caller', { incomingCallContext: 'eyJmcm9tIjoiNDorMTQyNTU1NTAxNDIifQ' }],
  ])('leaves nothing of a number in %s', (_, value) => {
    const text = JSON.stringify(masked(value));

    expect(mentionOf(NUMBER)?.(text)).toBe(false);
    expect(text).not.toMatch(/4255550142|eyJ/);
  });

  it('replaces a number by the same one in every spelling', () => {
    const spellings = ['+14255550142', '4:14255550142', '%2B14255550142', '+1 (425) 555-0142', '14255550142'];

    expect(masked([...spellings, 14_255_550_142, '4:+14255550143'])).toEqual([
      '+99900000001',
      '4:99900000001',
      '%2B99900000001',
      '+99900000001',
      '99900000001',
      99_900_000_001,
      '4:+99900000002',
    ]);
  });

  it('replaces users, and knows them apart', () => {
    const text = JSON.stringify(masked([USER, `${USER}-1`, USER]));

    expect(mentionOf(USER)?.(text)).toBe(false);
    expect(text).toBe('["8:acs:masked-00000001","8:acs:masked-00000002","8:acs:masked-00000001"]');
  });

  it.each(['callerDisplayName', 'displayName', 'sourceDisplayName', 'incomingCallContext'])(
    'replaces %s whole, and keeps that there is none',
    key => {
      expect(masked([{ [key]: 'Ann' }, { [key]: null }])).toEqual([{ [key]: 'masked' }, { [key]: null }]);
    },
  );

  it('keeps the names of headers', () => {
    expect(masked({ voipHeaders: { tier: 'gold' } })).toEqual({ voipHeaders: { tier: 'masked' } });
  });

  it.each([
    ['a time', '2021-05-05T20:08:39.0157964Z'],
    ['a time in milliseconds', 1_620_245_319_015],
    ['an id', '5a1f3600-0d4b-4b7e-9c1d-14255550142a'],
    ['a code', { subcode: 560_000, message: 'Call ended. DiagCode: 10057#560000.' }],
  ])('keeps %s', (_, value) => {
    expect(masked(value)).toEqual(value);
  });

  it('masks a call that comes in and is turned away, which then still replays', () => {
    const incomingCallContext = 'eyJmcm9tIjoiNDorMTQyNTU1NTAxNDIifQ';
    const events = [
      callEvent(atSecond(1), {
        type: 'call.incoming',
        conversationId: null,
        correlationId: null,
        from: '4:14255550142',
        to: '4:+18335550100',
        onBehalfOf: null,
        callerDisplayName: 'Ann',
        incomingCallContext,
        sipHeaders: { 'X-Account': '4711' },
        voipHeaders: {},
      }),
      callEvent(atSecond(2), {
        type: 'action.requested',
        actionId: 'abcdefghijklmnopqrstuv',
        action: { kind: 'rejectCall', arguments: { incomingCallContext, reason: 'busy' } },
      }),
    ];
    const journal = events.map((event, index) => ({ number: index + 1, event }));
    const file: CallFile = { callKey: CALL_KEY, journal, stored: fold(events).call };

    const result = maskCall(file);

    expect(JSON.stringify(result)).not.toMatch(/4255550142|8335550100|Ann|4711|eyJ/);
    expect(describeReplay(result).lines.at(-1)).toBe('The replay ends in exactly what is stored.');
  });

  it.each(FLOW_SCRIPTS)(
    'masks a call of $flow.name whose callee $callee, which then still replays',
    script => {
      const { call, events } = script.play(new FlowCall(script.flow));
      const journal = events.map((event, index) => ({ number: index + 1, event }));

      const result = maskCall({ callKey: call.callKey, journal, stored: call });

      expect(JSON.stringify(result)).not.toMatch(/\+(?!999)\d{5}|8:acs:(?!masked)/);
      expect(describeReplay(result).lines.at(-1)).toBe('The replay ends in exactly what is stored.');
    },
  );

  it('keeps the plan of a flow whose actions follow from whom an invitation was about', () => {
    const greeter: Flow = {
      name: 'greeter',
      version: 1,
      summary: 'Invites somebody, and greets them.',
      input: z.record(z.string(), z.unknown()),
      example: { agent: `4:${NUMBER}` },
      on: {
        connected: ({ flow }) => [
          { kind: 'addParticipants', arguments: { participants: [flow?.input['agent']] } },
        ],
        operationEnded: (_, { kind }) =>
          kind === 'addParticipants'
            ? [{ kind: 'playAudio', arguments: { audioFileUri: 'https://media.example.com/hello.wav' } }]
            : [],
      },
    };
    const { call, events, did } = new FlowCall(greeter).answers().joins().promptEnds().hangsUp();
    const journal = events.map((event, index) => ({ number: index + 1, event }));

    const {
      callKey,
      journal: maskedJournal,
      stored,
    } = maskCall({ callKey: call.callKey, journal, stored: call }, [greeter]);

    const context = { callKey, decider: listening, flows: flowLookup([greeter]) };
    expect(did).toContain('playAudio');
    expect(stored?.actions.map(({ actionId }) => actionId)).not.toEqual(
      call.actions.map(({ actionId }) => actionId),
    );
    expect(replayJournal(maskedJournal, context).at(-1)?.call).toEqual(stored);
  });
});
