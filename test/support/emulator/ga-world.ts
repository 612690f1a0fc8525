import { CallAutomationClient, parseCallAutomationEvent } from '@azure/communication-call-automation';
import type { CalleeBookInput } from '../../../local/emulator/core/callee-book.ts';
import { type EmulatorOptions, startEmulator } from '../../../local/emulator/start-emulator.ts';
import { dialectOf } from '../../../shared/dialects/dialects.ts';
import { pollUntil } from '../poll-until.ts';
import { acsClient, controlClient, type RequestOptions } from './acs-client.ts';
import { type ReceiverAnswer, startCallbackReceiver } from './callback-receiver.ts';

/** Answers after half a second. */
export const BOB = '+14255550142';
/** Answers as fast, too. */
export const CAROL = '+14255550143';
export const BUSY = '+14255550103';
export const DECLINES = '+14255550104';
export const NEVER = '+14255550105';
export const AGENT = '8:acs:resource_agent';
/** The number that the app calls from. */
export const LINE = '+18335550100';
export const GROUP = '29228d3e-040e-4656-a70e-890ab4e173e5';

const CALLEES: CalleeBookInput = {
  callees: [
    { match: BUSY, script: { pickUp: 'busy' } },
    { match: DECLINES, script: { pickUp: 'decline', afterSeconds: 1 } },
    { match: NEVER, script: { pickUp: 'never' } },
    { match: '*', script: { pickUp: 'answer', afterSeconds: 0.5 } },
  ],
  conversations: [{ match: GROUP, members: [{ identity: '8:acs:resource_ann' }] }],
};

/** An event of GA, as it came. */
export interface GaEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly operationContext?: string;
    readonly resultInformation: { readonly code: number; readonly subCode: number; readonly message: string };
  };
}

/** A fast emulator, a receiver of its callbacks, and the SDK of ACS as its client. */
export async function startGaWorld(
  options: EmulatorOptions = {},
  answer?: (index: number) => ReceiverAnswer,
) {
  const receiver = await startCallbackReceiver(answer);
  const emulator = await startEmulator({ speed: 20, seed: 1, callees: CALLEES, ...options });
  const client = new CallAutomationClient(emulator.connectionString, {
    allowInsecureConnection: true,
    retryOptions: { maxRetries: 0 },
  });
  const acs = acsClient(emulator);
  const callbackUri = (key: string) => `${receiver.url}/api/callbacks/${key}?sig=secret`;
  const posted = () =>
    receiver.posts.flatMap(({ path, events }) =>
      (events as unknown as GaEvent[]).map(event => ({ path, event })),
    );
  const events = () => posted().map(({ event }) => event);
  const words = () => events().map(inWords);
  const until = (word: string, count = 1): Promise<string[]> =>
    pollUntil(`"${word}" came ${count} times; came: ${words().join(' | ')}`, () =>
      words().filter(one => one === word).length >= count ? words() : undefined,
    );
  return {
    emulator,
    receiver,
    client,
    control: controlClient(emulator),
    callbackUri,
    posted,
    events,
    /** The events that came, in words. */
    words,
    /** Waits for an event, in words, and gives all that came until then. */
    until,
    /** Sends a request as it is. */
    acs: (method: string, path: string, request: RequestOptions = {}) =>
      acs(method, path, { apiVersion: '2026-03-12', ...request }),
    /** Waits for the event of a type with this context, and gives it. */
    eventOf: (type: string, operationContext: string): Promise<GaEvent> =>
      pollUntil(`${type} ${operationContext} came; came: ${words().join(' | ')}`, () =>
        events().find(
          event =>
            event.type === `Microsoft.Communication.${type}` &&
            event.data.operationContext === operationContext,
        ),
      ),
    /** The types and codes of one call's events, in the order in which they came. */
    wordsOf: (callConnectionId: string) =>
      events()
        .filter(({ data }) => data['callConnectionId'] === callConnectionId)
        .map(({ type, data }) => {
          const { code, subCode } = data.resultInformation;
          return `${type.replace('Microsoft.Communication.', '')} ${code}/${subCode}`;
        }),
    /** A call to somebody who answers, once they have. */
    async call(key = 'key1', to = BOB) {
      const { callConnection, callConnectionProperties } = await client.createCall(
        {
          targetParticipant: to.startsWith('+') ? { phoneNumber: to } : { communicationUserId: to },
          sourceCallIdNumber: { phoneNumber: LINE },
        },
        callbackUri(key),
        { operationContext: key },
      );
      await until(`CallConnected ${key} 200/0`);
      await pollUntil('both are on the call', () =>
        posted().find(
          ({ path, event }) => path.includes(`/${key}?`) && event.type.endsWith('.ParticipantsUpdated'),
        ),
      );
      const id = callConnectionProperties.callConnectionId ?? '';
      return { connection: callConnection, media: callConnection.getCallMedia(), id };
    },
    async close() {
      await emulator.close();
      await receiver.close();
    },
  };
}

/** What somebody in a call is played: a file that is so long. */
export function audioFile(seconds: number) {
  const url = `https://media.example.invalid/a.wav?seconds=${seconds}`;
  return { kind: 'fileSource' as const, url };
}

/** What is running for a test. */
export type GaWorld = Awaited<ReturnType<typeof startGaWorld>>;

/** An event in a few words: its type, what it belongs to, and how it went. */
function inWords({ type, data }: GaEvent): string {
  const { code, subCode } = data.resultInformation;
  return [type.replace('Microsoft.Communication.', ''), data.operationContext, `${code}/${subCode}`]
    .filter(part => part !== undefined)
    .join(' ');
}

/**
 * What came that the SDK or the product would not understand, or that did not come as GA sends it: in an array, with a
 * token.
 */
export function misunderstood({ receiver }: Pick<GaWorld, 'receiver'>): string[] {
  return receiver.posts.flatMap(({ isArray, headers, events }) => [
    ...(isArray ? [] : ['not an array']),
    ...(headers.authorization?.startsWith('Bearer ') ? [] : ['no token']),
    ...events.flatMap(event => {
      // Throws for what it does not know, and changes what it is given.
      parseCallAutomationEvent([structuredClone(event)] as unknown as Record<string, unknown>);
      const read = asRead(event);
      return read.startsWith('ga ') && read !== 'ga unknown' ? [] : [read];
    }),
  ]);
}

/** As the product reads an event: the type in its own words, or what is wrong. */
export function asRead(event: unknown): string {
  const dialect = dialectOf(event);
  const read = dialect?.read(event);
  if (read === undefined) return 'of no dialect';
  return read.ok
    ? `${dialect?.name} ${read.event.payload.type}`
    : `malformed: ${read.issues.map(({ pointer, message }) => `${pointer} ${message}`).join()}`;
}
