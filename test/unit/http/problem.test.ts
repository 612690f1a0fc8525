import { describe, expect, it } from 'vitest';
import { PROBLEMS, type ProblemName, problem, problemType } from '../../../shared/http/problem.ts';

const NAMES = Object.keys(PROBLEMS) as ProblemName[];

describe('problem', () => {
  it.each(NAMES)('gives %s its type, title and status', name => {
    const [status, title] = PROBLEMS[name];

    expect(problem(name, 'What is special.')).toEqual({
      type: problemType(name),
      title,
      status,
      detail: 'What is special.',
    });
  });

  it('carries what more is known', () => {
    const errors = [{ pointer: '/0/data', detail: 'expected an object' }];

    expect(problem('storage-unavailable', 'Try again.', { errors, retryAfterSeconds: 5 })).toMatchObject({
      errors,
      retryAfterSeconds: 5,
    });
  });
});

describe('PROBLEMS', () => {
  it('has a title of its own for every problem, and a status that is an error', () => {
    expect(new Set(NAMES.map(name => PROBLEMS[name][1])).size).toBe(NAMES.length);
    for (const name of NAMES) expect(PROBLEMS[name][0]).toSatisfy(status => status >= 400 && status < 600);
  });
});
