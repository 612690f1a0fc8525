import * as z from 'zod';
import type { Announcement } from '../core/announcement.ts';
import { stepSchema } from '../core/callee-book.ts';
import type { Exchange } from '../core/exchange.ts';
import { identityOf } from '../core/identity.ts';
import type { EventGridSchema } from '../dialects/event-grid/render-announcement.ts';
import type { EventGridTarget } from '../event-grid/event-grid-sender.ts';
import { subscribe } from '../event-grid/subscribe.ts';
import { type ControlRequest, type ControlRoute, problem, readJson } from './control-route.ts';

/** As long as ACS lets a call ring. */
const RING_SECONDS = 30;

const someone = z.string().min(2).max(256);
const url = z.url({ protocol: /^https?$/, error: 'expected an http(s) URL' }).max(2048);
const schema = z.enum(['eventGrid', 'cloudEvents']);
const headers = z.record(z.string(), z.string()).default({});

const targetMembers = { url: url.optional(), schema: schema.optional() };

const incomingSchema = z.strictObject({
  ...targetMembers,
  from: someone.default('+14255550142'),
  to: someone,
  callerDisplayName: z.string().max(256).default(''),
  onBehalfOf: someone.optional(),
  sipHeaders: headers,
  voipHeaders: headers,
  /** What the caller does once connected; without it, what the callees' book says of the number. */
  steps: z.array(stepSchema).max(100).optional(),
  ringSeconds: z.number().min(0.1).max(300).default(RING_SECONDS),
  /** How often the event is delivered. */
  deliveries: z.int().min(1).max(100).default(1),
});

const subscribeSchema = z.strictObject(targetMembers);

/** What the routes need. */
export interface EventGridRoutesOptions {
  readonly exchange: Exchange;
  /** Where events go when a request does not say. */
  readonly target: { readonly url: string | undefined; readonly schema: EventGridSchema };
  deliver(announcement: Announcement, target: EventGridTarget, times: number): void;
}

/** Ringing the app, and asking it for a subscription. */
export function eventGridRoutes({
  exchange,
  target,
  deliver,
}: EventGridRoutesOptions): readonly ControlRoute[] {
  return [
    {
      method: 'POST',
      path: 'emulator/incoming',
      answer: request =>
        withTarget(request, incomingSchema, ({ from, to, onBehalfOf, steps, deliveries, ...call }, told) => {
          const incoming = exchange.incoming.ring({
            ...call,
            from: identityOf(from),
            to: identityOf(to),
            onBehalfOf: onBehalfOf === undefined ? undefined : identityOf(onBehalfOf),
            steps,
            announce: announcement => deliver(announcement, told, deliveries),
          });
          const { context: incomingCallContext, conversationId: serverCallId, correlationId } = incoming;
          return { status: 202, body: { incomingCallContext, serverCallId, correlationId } };
        }),
    },
    {
      method: 'POST',
      path: 'emulator/event-grid/subscribe',
      answer: request =>
        withTarget(request, subscribeSchema, async (_, told) => ({
          status: 200,
          body: await subscribe(told),
        })),
    },
  ];

  function withTarget<
    Body extends { readonly url?: string | undefined; readonly schema?: EventGridSchema | undefined },
  >(
    request: ControlRequest,
    bodySchema: z.ZodType<Body>,
    answer: (body: Body, told: EventGridTarget) => ReturnType<ControlRoute['answer']>,
  ): ReturnType<ControlRoute['answer']> {
    const read = readJson(request, bodySchema);
    if (!read.ok) return read.answer;
    const toldAt = read.value.url ?? target.url;
    if (toldAt === undefined) {
      const message = 'Nobody knows where to: give url, or start the emulator with --event-grid-url.';
      return problem(400, message, [{ pointer: '/url', message: 'expected the app’s route for Event Grid' }]);
    }
    return answer(read.value, { url: toldAt, schema: read.value.schema ?? target.schema });
  }
}
