import * as z from 'zod';
import { PROBLEMS, type ProblemName, problemType } from '../problem.ts';

const NAMES = Object.keys(PROBLEMS) as ProblemName[];

/** Problem details as in RFC 9457. */
export const problemSchema = z
  .strictObject({
    type: z
      .enum(NAMES.map(problemType))
      .describe('Which kind of problem it is; never changes, so programs can decide by it.'),
    title: z.string().describe('The kind in words, the same every time.'),
    status: z.int().min(400).max(599).describe('The HTTP status.'),
    detail: z.string().describe('What is special about this one.'),
    instance: z
      .string()
      .describe("Names this answer: the id of its invocation, which the app's log has too."),
    errors: z
      .array(
        z
          .strictObject({
            pointer: z
              .string()
              .describe('A JSON Pointer into the body, or the name of the query parameter behind `?`.'),
            detail: z.string().describe('What is wrong there.'),
          })
          .describe('One fault.'),
      )
      .optional()
      .describe('The faults in the request, where they can be told apart.'),
  })
  .describe('Problem details (RFC 9457): why a request was not done.');
