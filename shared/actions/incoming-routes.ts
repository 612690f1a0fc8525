import * as z from 'zod';
import type { IncomingCall } from '../domain/call-event.ts';
import { lazily } from '../lazily.ts';
import { identitySchema, withoutAssertion } from './vocabulary/identity.ts';
import { faultsIn } from './vocabulary/parse-action.ts';

const PATTERN =
  'expected a number or a raw id, with * for any characters, such as +18335550100, +49* or 8:acs:7c1f52d0-5b8e-4f0a-9f5d-2a6e3d9b4c10_*';

/** Whom a route is about: a number as E.164 stands for its raw id. */
const pattern = lazily(() =>
  z
    .string(PATTERN)
    .regex(/^(\*|\+[\d*]{1,32}|(4|8|28):[\w+.*:-]{1,256})$/, PATTERN)
    .transform(text => (text.startsWith('+') ? `4:${text}` : text)),
);

const matching = lazily(() => ({ to: pattern().default('*'), from: pattern().default('*') }));

const NAME = 'expected the name of a flow, such as appointment-reminder';

const route = lazily(() =>
  z.discriminatedUnion(
    'action',
    [
      z.strictObject({
        action: z.literal('answer'),
        ...matching(),
        flow: z
          .strictObject({
            name: z.string(NAME).min(1, NAME).max(128, NAME),
            version: z.int('expected a version, such as 1').min(1, 'expected a version, such as 1'),
            input: z.record(z.string(), z.unknown(), 'expected an object, such as {}').default({}),
          })
          .nullable()
          .default(null),
      }),
      z.strictObject({
        action: z.literal('reject'),
        ...matching(),
        reason: z
          .enum(['none', 'busy', 'forbidden'], 'expected one of none, busy, forbidden')
          .default('none'),
      }),
      z
        .strictObject({ action: z.literal('redirect'), ...matching(), target: identitySchema })
        .refine(({ to, target }) => !matches(to, target), {
          path: ['target'],
          message:
            'expected somebody else than those whom the route is for: the call would come again and again',
        }),
      z.strictObject({ action: z.literal('ignore'), ...matching() }),
    ],
    { error: 'expected one of answer, reject, redirect, ignore' },
  ),
);

const routesSchema = lazily(() =>
  z.array(route(), 'expected a list of routes, such as [{"action":"answer"}]').max(200),
);

/** What is done about calls that come in: the first route that fits counts, and where none does, nothing is done. */
export type IncomingRoute = z.output<ReturnType<typeof route>>;

/** Routes that were read, or what is wrong with them, each fault with its place as a JSON Pointer. */
export type ReadRoutes =
  | { readonly ok: true; readonly routes: readonly IncomingRoute[] }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads routes from JSON. */
export function readIncomingRoutes(text: string): ReadRoutes {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, faults: ['expected JSON, such as [{"action":"answer","to":"+18335550100"}]'] };
  }
  const parsed = routesSchema().safeParse(value);
  if (parsed.success) return { ok: true, routes: parsed.data };
  return { ok: false, faults: faultsIn(parsed.error).map(({ pointer, detail }) => `${pointer}: ${detail}`) };
}

/** The route of a call that comes in; undefined where none fits. Pure. */
export function routeOf(
  routes: readonly IncomingRoute[],
  { to, from }: Pick<IncomingCall, 'to' | 'from'>,
): IncomingRoute | undefined {
  // A caller who is not told is nobody in particular: only a route for anybody fits.
  const [callee, caller] = [withoutAssertion(to), withoutAssertion(from ?? '')];
  return routes.find(candidate => matches(candidate.to, callee) && matches(candidate.from, caller));
}

/** Compared piece by piece: a pattern made into an expression could take for ever on a hostile id. */
function matches(wanted: string, rawId: string): boolean {
  const [head = '', ...pieces] = wanted.split('*');
  if (pieces.length === 0) return wanted === rawId;
  if (!rawId.startsWith(head)) return false;
  const tail = pieces.pop() ?? '';
  let at = head.length;
  for (const piece of pieces) {
    const found = rawId.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return rawId.length - tail.length >= at && rawId.endsWith(tail);
}
