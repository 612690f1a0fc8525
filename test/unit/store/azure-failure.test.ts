import { RestError } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { describeFailure, toStorageError } from '../../../shared/store/azure-failure.ts';

describe('describeFailure', () => {
  it.each([
    { name: 'no answer', error: new RestError('gone', { code: 'ECONNRESET' }), transient: true },
    {
      name: 'an answer that cannot be read',
      error: new RestError('odd', { statusCode: 202 }),
      transient: true,
    },
    ...[408, 429, 500, 502, 503, 504].map(statusCode => ({
      name: `status ${statusCode}`,
      error: new RestError('later', { statusCode }),
      transient: true,
    })),
    ...[400, 401, 403, 404, 409, 412, 413, 501].map(statusCode => ({
      name: `status ${statusCode}`,
      error: new RestError('no', { statusCode }),
      transient: false,
    })),
    {
      name: 'a table that is being deleted',
      error: new RestError('wait', { statusCode: 409, code: 'TableBeingDeleted' }),
      transient: true,
    },
    { name: 'an abort', error: Object.assign(new Error('aborted'), { name: 'AbortError' }), transient: true },
    { name: 'an error of the program', error: new TypeError('oops'), transient: false },
    { name: 'a thrown text', error: 'oops', transient: false },
  ])('takes $name for transient: $transient', ({ error, transient }) => {
    expect(describeFailure(error)).toMatchObject({ transient, cause: error });
  });

  it.each([
    { header: '3', expected: 3000 },
    { header: '0', expected: 0 },
    { header: 'Mon, 01 Jan 2024 00:00:00 GMT', expected: 0 },
    { header: 'soon', expected: undefined },
    { header: '', expected: undefined },
  ])('reads Retry-After $header as $expected ms', ({ header, expected }) => {
    const error = Object.assign(new RestError('later', { statusCode: 503 }), {
      response: { headers: new Headers({ 'Retry-After': header }) },
    });

    expect(describeFailure(error).retryAfterMs).toBe(expected);
  });
});

describe('toStorageError', () => {
  it('names operation, status and code, and leaves out request id and time', () => {
    const cause = new RestError('1:The row exists.\nRequestId:1\nTime:2', {
      statusCode: 409,
      code: 'EntityAlreadyExists',
    });

    const error = toStorageError('commit', describeFailure(cause));

    expect(error.message).toBe('commit: 409 EntityAlreadyExists: 1:The row exists.');
    expect(error.cause).toBe(cause);
  });
});
