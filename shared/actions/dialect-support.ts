import type { ActionKind } from '../domain/action.ts';
import type { DialectName } from '../domain/call-event.ts';

/** Whether a dialect can do an action. */
export type Support = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What a kind of action says beside its kind. */
type Members = Readonly<Record<string, unknown>>;

/** The dialects in which requests can be sent. */
export const ACTING_DIALECTS = ['preview-2021-04', 'ga'] as const satisfies readonly DialectName[];

/** A dialect in which requests can be sent. */
export type ActingDialect = (typeof ACTING_DIALECTS)[number];

const GA_ALONE = 'GA Call Automation alone can do that: the previews have no such request';

/** What the first preview can do. */
const PREVIEW_KINDS = [
  'placeCall',
  'joinCall',
  'hangUp',
  'endForAll',
  'playAudio',
  'cancelMedia',
  'addParticipants',
  'removeParticipant',
  'addToConversation',
  'removeFromConversation',
] as const satisfies readonly ActionKind[];

const PREVIEW_2021_04: ReadonlySet<ActionKind> = new Set(PREVIEW_KINDS);

/** A kind of action that the first preview has a request for. */
export type PreviewKind = (typeof PREVIEW_KINDS)[number];

const NO_VOICE = 'on the previews nothing speaks or listens but files and keys';

/** Members that ask for what GA alone can do, by kind, with what cannot be done without. */
const GA_MEMBERS: Partial<Readonly<Record<ActionKind, Readonly<Record<string, string>>>>> = {
  placeCall: {
    displayName: 'the previews show the number alone',
    cognitiveServicesEndpoint: NO_VOICE,
  },
  playAudio: { to: 'the previews play to everybody on the call' },
  addParticipants: { ringingSeconds: 'the previews ring as long as they please' },
  joinCall: {
    locator: 'the previews tell a conversation by its id alone',
    cognitiveServicesEndpoint: NO_VOICE,
  },
};

/**
 * Tells before anything is sent whether a dialect can do what an action asks for, and if not, why, in plain words. Pure.
 *
 * @param members what the action says beside its kind; without them only the kind is looked at.
 */
export function supportOf(dialect: DialectName, kind: ActionKind, members: Members = {}): Support {
  const reason = whyNot(dialect, kind, members);
  return reason === undefined ? { ok: true } : { ok: false, reason };
}

/** Whether ACS can be asked about a call of the dialect: the previews have no request that reads one. */
export function canBeAsked(dialect: DialectName): boolean {
  return dialect === 'ga' || dialect === 'event-grid';
}

/** Whether a call that asked for keys when it was placed is told of them: GA tells of those alone that it listens for. */
export function tellsTonesUnasked(dialect: DialectName): boolean {
  return !canBeAsked(dialect);
}

function whyNot(dialect: DialectName, kind: ActionKind, members: Members): string | undefined {
  switch (dialect) {
    case 'preview-2021-04':
      return PREVIEW_2021_04.has(kind) ? whyNotOnPreview(kind, members) : GA_ALONE;
    case 'preview-2021-08':
      return 'Ringback takes the events of this preview in, and sends no requests in it';
    // Whatever Event Grid tells of is answered, and acted on, the way of GA.
    case 'event-grid':
    case 'ga':
      return whyNotOnGa(kind, members);
  }
}

function whyNotOnPreview(kind: ActionKind, members: Members): string | undefined {
  if (kind === 'removeParticipant' && 'participant' in members && members['participantId'] === undefined)
    return 'the previews name whom they remove by participantId: the roster of the call has it';
  const lacking = Object.entries(GA_MEMBERS[kind] ?? {}).find(([name]) => members[name] !== undefined);
  return lacking && `${lacking[0]}: ${lacking[1]}`;
}

function whyNotOnGa(kind: ActionKind, members: Members): string | undefined {
  if (kind === 'addToConversation' || kind === 'removeFromConversation')
    return 'GA acts on calls that we are in: join the conversation, then add or remove on that call';
  if (kind === 'removeParticipant' && 'participantId' in members && members['participant'] === undefined)
    return 'GA names whom it removes by who they are: give participant, such as +14255550142';
  const { modalities } = members;
  return Array.isArray(modalities) && modalities.includes('video')
    ? 'modalities: a call that an application places on GA carries sound alone'
    : undefined;
}
