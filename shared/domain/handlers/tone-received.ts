import { type Handler, provenConnected } from '../handler.ts';
import type { Signal } from '../signal.ts';
import { addTone } from '../tone.ts';

/** Somebody pressed a key, which proves a connection. */
export const toneReceived: Handler<'tone.received'> = (call, event) => {
  const { sequenceId, tone, at } = event;
  const isNew = !call.tones.some(known => known.sequenceId === sequenceId && known.tone === tone);
  const signals: Signal[] = isNew ? [{ type: 'toneReceived', at, sequenceId, tone }] : [];
  return {
    call: provenConnected({ ...call, tones: addTone(call.tones, { sequenceId, tone, at }) }),
    signals,
  };
};
