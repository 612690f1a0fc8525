import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFaults } from '../../../scripts/docs/find-faults.ts';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');

function faultsOf(text: string): string[] {
  return findFaults('docs/page.md', {
    root: ROOT,
    scripts: new Set(['check', 'docs:check']),
    routes: ['GET /api/calls/{callKey}', 'POST /api/callbacks', 'POST /api/parked/{id}/replay'],
    text: path => (path === 'docs/page.md' ? text : '# Way of an event\n\n## It `runs`, twice\n'),
  });
}

describe('findFaults', () => {
  it.each([
    '[a file](architecture.md) and [one above](../README.md)',
    '[a heading](architecture.md#way-of-an-event) and [another](architecture.md#it-runs-twice)',
    '## Here\n\n[below](#here)',
    '[elsewhere](https://example.com/nowhere#at-all)',
    '`npm run check`, `npm run docs:check`, `npm start`',
    '`GET /api/calls/{anything}`, `POST /api/callbacks/{callKey?}?sig=`, `POST /api/parked/$ID/replay`',
    '`shared/compose.ts` and `test/unit`, and files of no folder of ours: `a/b.ts`',
    '```sh\n[no link](nowhere.md)\n```',
  ])('finds none in %j', text => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each([
    { text: '[gone](nowhere.md)', fault: 'the link nowhere.md leads nowhere' },
    { text: '[gone](architecture.md#nowhere)', fault: 'the link architecture.md#nowhere leads nowhere' },
    { text: '`npm run nothing`', fault: 'there is no npm run nothing' },
    { text: '```sh\nnpm run nothing\n```', fault: 'there is no npm run nothing' },
    { text: '`DELETE /api/calls/{callKey}`', fault: 'there is no DELETE /api/calls/{callKey}' },
    { text: '`GET /api/nothing`', fault: 'there is no GET /api/nothing' },
    { text: '`shared/nothing.ts`', fault: 'there is no file shared/nothing.ts' },
  ])('finds that $fault', ({ text, fault }) => {
    expect(faultsOf(text)).toEqual([`docs/page.md: ${fault}`]);
  });
});
