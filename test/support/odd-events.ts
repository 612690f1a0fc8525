/** Where events of GA come from. */
const SOURCE = 'calling/callConnections/';

/** An event of GA of a type that nobody knows, with these data. */
export function unknownEvent(id: string, data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    id,
    source: SOURCE,
    type: 'Microsoft.Communication.SomethingNew',
    time: '2026-03-18T00:05:00Z',
    specversion: '1.0',
    data,
  };
}

const ODD_TEXTS: Readonly<Record<string, string>> = {
  'what keys cannot hold': '../a/b\\c#d?e{f}%g',
  'control characters': 'a\u0000b\u0007c\u007f\u0085',
  'lone surrogates': 'a\ud800b\udfff',
  'characters outside the first plane': '\u{1F4DE}\u{10FFFF}',
  'other scripts and joined marks': 'Ünïcode \u0645\u0631\u062d\u0628\u0627 e\u0301\u200d\u202e',
  'names of every object': '__proto__',
  markup: '<a href="x">&amp;</a>\'; DROP TABLE Calls; --',
  'a long text': 'x'.repeat(256),
};

/** Events whose ids and names hold what storage, keys and documents may stumble over; each is of a call of its own. */
export const ODD_EVENTS = Object.entries(ODD_TEXTS).map(([name, odd]) => ({
  name,
  wireId: odd,
  elements: [
    unknownEvent(odd, { callConnectionId: odd, [odd]: odd, nested: { [odd]: [odd] } }),
    {
      ...unknownEvent(`${odd} 2`, {
        callConnectionId: odd,
        serverCallId: odd,
        sequenceNumber: 1,
        participants: [{ identifier: { rawId: odd }, isMuted: false }],
      }),
      type: 'Microsoft.Communication.ParticipantsUpdated',
    },
    {
      ...unknownEvent(`${odd} 3`, { callConnectionId: odd, operationContext: odd, [odd]: odd }),
      type: 'Microsoft.Communication.PlayFailed',
    },
    {
      ...unknownEvent(`${odd} 4`, { callConnectionId: odd, recordingId: odd, state: 'active' }),
      type: 'Microsoft.Communication.RecordingStateChanged',
    },
  ],
}));
