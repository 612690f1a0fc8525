import { type EmulatorOptions, startEmulator } from '../../../local/emulator/start-emulator.ts';
import { pollUntil } from '../poll-until.ts';
import { acsClient, controlClient } from './acs-client.ts';
import { inWords, type ReceiverAnswer, startCallbackReceiver } from './callback-receiver.ts';

/** Answers half a second after it was rung, and presses 1 in reply to a prompt. */
export const BOB = '+14255550142';
/** Is busy. */
export const BUSY = '+14255550143';
/** Rings on. */
export const NEVER = '+14255550105';
export const AGENT = '8:acs:resource_agent';
/** A conversation on which somebody is for a long while, and somebody for two seconds. */
export const GROUP = '29228d3e-040e-4656-a70e-890ab4e173e5';

const CALLEES: NonNullable<EmulatorOptions['callees']> = {
  callees: [
    { match: BUSY, script: { pickUp: 'busy' } },
    { match: NEVER, script: { pickUp: 'never' } },
    { match: AGENT, script: { pickUp: 'answer', afterSeconds: 0.2 } },
    {
      match: '+*',
      script: {
        pickUp: 'answer',
        afterSeconds: 0.5,
        steps: [{ on: 'prompt', afterSeconds: 1, press: '1' }],
      },
    },
  ],
  conversations: [
    {
      match: GROUP,
      members: [
        { identity: '8:acs:resource_ann' },
        { identity: '8:acs:resource_ben', steps: [{ on: 'connected', afterSeconds: 2, do: 'hangUp' }] },
      ],
    },
  ],
};

/** A fast emulator with a receiver of its callbacks. */
export async function startEmulatorWorld(
  options: EmulatorOptions = {},
  answer?: (index: number) => ReceiverAnswer,
) {
  const receiver = await startCallbackReceiver(answer);
  const emulator = await startEmulator({ speed: 20, seed: 1, callees: CALLEES, ...options });
  const acs = acsClient(emulator);
  const callbackUri = (key: string) => `${receiver.url}/api/callbacks/${key}?sig=secret`;
  const words = () => receiver.events().map(inWords);
  return {
    emulator,
    receiver,
    acs,
    control: controlClient(emulator),
    callbackUri,
    /** The events that came, in words. */
    words,
    /** Waits for an event, in words, and gives all that came until then. */
    until: (word: string, count = 1) =>
      pollUntil(`"${word}" came ${count} times`, () => {
        const all = words();
        return all.filter(one => one === word).length >= count ? all : undefined;
      }),
    /** A call to Bob; gives its id. */
    async call(key = 'key1', to = BOB): Promise<string> {
      const { body } = await acs('POST', '/calling/calls', { body: createCallBody(callbackUri(key), to) });
      return String(body['callLegId']);
    },
    async close() {
      await emulator.close();
      await receiver.close();
    },
  };
}

/** What is running for a test. */
export type EmulatorWorld = Awaited<ReturnType<typeof startEmulatorWorld>>;

/** A request for a call that asks for everything. */
export function createCallBody(callbackUri: string, to = BOB) {
  return {
    ...joinBody(callbackUri),
    targets: [{ phoneNumber: { value: to } }],
    sourceAlternateIdentity: { value: '+18335550100' },
    subject: 'Appointment reminder',
  };
}

/** A request to join that asks for everything. */
export function joinBody(callbackUri: string) {
  return {
    source: { communicationUser: { id: '8:acs:resource_app' } },
    callbackUri,
    requestedModalities: ['audio'],
    requestedCallEvents: ['participantsUpdated', 'dtmfReceived'],
  };
}
