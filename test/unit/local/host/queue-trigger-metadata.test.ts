import { describe, expect, it } from 'vitest';
import { createQueueTriggerMetadata } from '../../../../local/host/queue-trigger-metadata.ts';

const facts = {
  messageId: 'm1',
  popReceipt: 'p1',
  dequeueCount: 2,
  insertedOn: new Date('2024-05-01T10:00:00Z'),
  expiresOn: new Date('2024-05-08T10:00:00Z'),
  nextVisibleOn: new Date('2024-05-01T10:10:00Z'),
};

describe('createQueueTriggerMetadata', () => {
  it.each(['[1]', '"text"', 'not JSON', '{"v":1}'])(
    'tells the facts of the service when the text is %s',
    text => {
      const { metadata, hidden } = createQueueTriggerMetadata(facts, text);

      expect(metadata).toMatchObject({
        QueueTrigger: { string: text },
        Id: { string: 'm1' },
        DequeueCount: { json: '2' },
        InsertionTime: { json: '"2024-05-01T10:00:00.000+00:00"' },
        PopReceipt: { string: 'p1' },
      });
      expect(hidden).toEqual([]);
    },
  );

  it('lets keys of the message hide facts of the same name in any case', () => {
    const { metadata, hidden } = createQueueTriggerMetadata(facts, '{"id":"evt1","DEQUEUECOUNT":99}');

    expect(metadata).toMatchObject({ Id: { string: 'evt1' }, DequeueCount: { string: '99' } });
    expect(hidden).toEqual(['id', 'DEQUEUECOUNT']);
  });

  it('formats the values of the message as .NET does and leaves arrays out', () => {
    const text = JSON.stringify({
      yes: true,
      at: '2021-04-01T02:00:00+02:00',
      o: { a: 1 },
      nil: null,
      list: [1],
    });

    const { metadata } = createQueueTriggerMetadata(facts, text);

    expect(metadata).toMatchObject({
      yes: { string: 'True' },
      at: { string: '04/01/2021 00:00:00' },
      o: { json: '{"a":1}' },
      nil: {},
    });
    expect(metadata).not.toHaveProperty('list');
  });
});
