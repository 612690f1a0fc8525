import * as z from 'zod';
import { conversationIdSchema, participantIdSchema } from '../actions/vocabulary/texts.ts';
import { type ReadRequest, readRequest } from './read-request.ts';

/** Reads the id of a conversation in a path. */
export function readConversationId(segment = ''): ReadRequest<string> {
  return readMember(
    { conversationId: conversationIdSchema() },
    { conversationId: conversationIdOf(segment) },
  );
}

/** Reads the id of a participant in a path. */
export function readParticipantId(segment = ''): ReadRequest<string> {
  return readMember({ participantId: participantIdSchema() }, { participantId: percentDecoded(segment) });
}

function readMember(
  shape: Readonly<Record<string, z.ZodType<string>>>,
  given: Readonly<Record<string, string>>,
): ReadRequest<string> {
  const read = readRequest(z.object(shape), given);
  return read.ok ? { ok: true, value: Object.values(read.value).join() } : read;
}

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of a conversation as it stands in a path: percent-encoded, or in base64url.
 *
 * An id is the GUID of a group call or the URL of a conversation in base64, whose `/`, `+` and `=` a path cannot hold.
 * Read are therefore the id itself, percent-encoded (once more, since hosts leave `%2F` as it is); the id with the
 * letters of base64url in place of those of base64; and the id as a whole in base64url. None of them can be taken for
 * another: what stands inside is a GUID, or begins with the scheme of a URL.
 */
function conversationIdOf(segment: string): string {
  const given = percentDecoded(segment);
  if (GUID.test(given)) return given;
  const inner = base64Decoded(given);
  if (GUID.test(inner) || isAddress(base64Decoded(inner))) return inner;
  return isAddress(inner) ? asBase64(given) : given;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function base64Decoded(text: string): string {
  return /^[\w+/=-]*$/.test(text) ? Buffer.from(text, 'base64url').toString('latin1') : '';
}

function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function asBase64(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/');
}
