import type { TypedData } from './typed-data.ts';

/** What the queue service tells of a message. */
export interface MessageFacts {
  readonly messageId: string;
  readonly popReceipt: string;
  readonly dequeueCount: number;
  readonly insertedOn: Date;
  readonly expiresOn: Date;
  readonly nextVisibleOn: Date;
}

/** A function's metadata, and which of the service's facts the message's own keys have hidden. */
export interface QueueTriggerMetadata {
  readonly metadata: Readonly<Record<string, TypedData>>;
  readonly hidden: readonly string[];
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Builds a queue function's trigger metadata as the real host does, with its trap: when the message is a JSON object,
 * each key of its top level that is not an array is written over the service's facts of the same name in any case
 * (Utility.cs, ApplyBindingData). Scalars arrive as text the way .NET formats them.
 */
export function createQueueTriggerMetadata(
  facts: MessageFacts,
  text: string | undefined,
): QueueTriggerMetadata {
  const metadata: Record<string, TypedData> = {
    QueueTrigger: { string: text ?? '' },
    Id: { string: facts.messageId },
    DequeueCount: { json: String(facts.dequeueCount) },
    InsertionTime: timeData(facts.insertedOn),
    ExpirationTime: timeData(facts.expiresOn),
    NextVisibleTime: timeData(facts.nextVisibleOn),
    PopReceipt: { string: facts.popReceipt },
  };
  const known = new Map(Object.keys(metadata).map(name => [name.toLowerCase(), name]));
  const hidden: string[] = [];
  for (const [key, value] of Object.entries(parseObject(text))) {
    if (Array.isArray(value)) continue;
    const name = known.get(key.toLowerCase());
    if (name !== undefined) hidden.push(key);
    metadata[name ?? key] = bodyValueData(value);
  }
  return { metadata, hidden };
}

function timeData(time: Date): TypedData {
  return { json: JSON.stringify(time.toISOString().replace('Z', '+00:00')) };
}

function parseObject(text: string | undefined): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text ?? '');
    const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
    return isObject ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function bodyValueData(value: unknown): TypedData {
  if (value === null) return {};
  if (typeof value === 'object') return { json: JSON.stringify(value) };
  if (typeof value === 'boolean') return { string: value ? 'True' : 'False' };
  if (typeof value === 'string') return { string: ISO_TIME.test(value) ? formatNetTime(value) : value };
  return { string: String(value) };
}

/** Json.NET takes such a text for a time and writes it in the invariant culture. */
function formatNetTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  const [date = '', clock = ''] = time.toISOString().slice(0, 19).split('T');
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${clock}`;
}
