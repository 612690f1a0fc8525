import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newCall } from '../../../shared/domain/call.ts';
import { encodeCallEvents } from '../../../shared/queues/call-events-message.ts';
import { encodeCallMessage } from '../../../shared/queues/call-message.ts';
import { encodeHead } from '../../../shared/store/call-head.ts';
import { tombstoneWrite } from '../../../shared/store/tombstone.ts';
import { atSecond } from '../../support/call-events.ts';
import { headWith } from '../../support/head-with.ts';

const page = readFileSync(new URL('../../../docs/upgrade.md', import.meta.url), 'utf8');

/** The versions that docs/upgrade.md has a line for. */
function toldOf(what: string): number[] {
  const lines = [...page.matchAll(/^\| (.+?) \| (\d+) \| [\d.]+ \| \S.*\|$/gm)];
  return lines.filter(([, name]) => name === what).map(([, , version]) => Number(version));
}

function versionOf(text: string): unknown {
  return (JSON.parse(text) as { readonly v: unknown }).v;
}

const head = headWith({
  call: newCall('c1', { dialect: 'ga', wireId: 'leg-c1', at: atSecond(0) }),
});
const message = { callKey: 'c1', receivedAt: atSecond(0), attempt: 0, traceparent: null, elements: [] };
const tombstone = tombstoneWrite('etag', atSecond(0));

// A layout has changed? Give its version a line in docs/upgrade.md, and read there in which release it may be written.
it.each([
  { what: 'head of a call', written: encodeHead(head)['v'] },
  { what: 'tombstone of a call', written: 'values' in tombstone && tombstone.values['v'] },
  { what: 'message in `call-events`', written: versionOf(encodeCallEvents(message).texts[0] ?? '') },
  {
    what: 'message in `call-actions` and `call-alarms`',
    written: versionOf(encodeCallMessage({ callKey: 'c1' })),
  },
])('docs/upgrade.md tells of each version of a $what, and of no other', ({ what, written }) => {
  const versions = Array.from({ length: Number(written) }, (_, index) => index + 1);

  expect(versions).not.toEqual([]);
  expect(toldOf(what)).toEqual(versions);
});
