import * as z from 'zod';
import type { OperationNews, OperationPayload } from '../../domain/call-event.ts';
import type { OperationEventType } from '../../domain/operation-events.ts';
import { lazily } from '../../lazily.ts';
import { optionalIdentifier } from '../identifier.ts';
import type { ToPayload } from '../read-event.ts';
import { resultInformation } from './result.ts';

/** As long as an application may make it. */
const CONTEXT_CHARACTERS = 5_000;

/** What every event of GA has of its own, all of it optional. */
export const commonMembers = lazily(() => ({
  operationContext: z
    .string()
    .max(CONTEXT_CHARACTERS)
    .nullish()
    .transform(value => (value ? value : null)),
  resultInformation: resultInformation(),
  /** Its name in 2022. */
  resultInfo: resultInformation(),
}));

/** The data of an event that tells how an operation goes. */
export const operationSchema = lazily(() =>
  z.looseObject({
    ...commonMembers(),
    // How the operation went counts even where somebody is named in a way that nobody knows yet.
    participant: optionalIdentifier().catch(null),
    transferTarget: optionalIdentifier().catch(null),
    transferee: optionalIdentifier().catch(null),
  }),
);

/** Reads the data of an event that tells how an operation goes. */
export function operation(type: OperationEventType): ToPayload {
  return lazily(() => operationSchema().transform(data => operationPayload(type, data)));
}

/** What an operation's event says; `input` is what was heard, if something was. */
export function operationPayload(
  type: OperationEventType,
  data: z.output<ReturnType<typeof operationSchema>>,
  input?: OperationNews['input'],
): OperationPayload {
  const { operationContext, participant, transferTarget, transferee } = data;
  const named = participant ?? transferTarget;
  const details = { ...(transferee === null ? {} : { transferee }), ...furtherMembers(data) };
  return {
    type,
    operationContext,
    result: data.resultInformation ?? data.resultInfo,
    ...(named === null ? {} : { participants: [named] }),
    ...(input === undefined ? {} : { input }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

/** Said elsewhere, or the same on every event. */
const noDetails = lazily(
  (): ReadonlySet<string> =>
    new Set([
      'callConnectionId',
      'serverCallId',
      'correlationId',
      'version',
      'publicEventType',
      'type',
      'eventSource',
      'recognitionType',
      ...Object.keys(operationSchema().shape),
    ]),
);

/** A detail is for people; what is longer is cut. */
const DETAIL_CHARACTERS = 4_096;

/** Whatever else the data holds in texts and numbers, itself or in an object such as transcriptionUpdate. */
function furtherMembers(data: object): Record<string, string | number> {
  const others = Object.entries(data).filter(([name]) => !noDetails().has(name) && !name.endsWith('Result'));
  const flat = others.flatMap(([name, member]): [string, unknown][] =>
    typeof member === 'object' && member !== null ? Object.entries(member) : [[name, member]],
  );
  const details: Record<string, string | number> = {};
  for (const [name, value] of flat) {
    if (typeof value === 'number') details[name] = value;
    else if (typeof value === 'string' && value !== '') details[name] = value.slice(0, DETAIL_CHARACTERS);
  }
  return details;
}
