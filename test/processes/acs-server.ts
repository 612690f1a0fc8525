import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { ActionRequest, ActionResult } from '../../shared/actions/provider.ts';
import { policyOf } from './acting-decider.ts';

/** What ACS was asked of one action, and what it did. */
export interface Executions {
  readonly requests: number;
  readonly executed: number;
  /** The request bodies were not all the same, where the sender said that they are one request. */
  readonly differs: boolean;
}

/** ACS, as far as these runs go: it outlives the workers, and remembers. */
export interface AcsServer {
  readonly url: string;
  /** By action id. */
  readonly executions: ReadonlyMap<string, Executions>;
  /** How many answers left it open whether the request was carried out. */
  unclearAnswers(): number;
  close(): Promise<void>;
}

/** Of a hundred requests so many are turned away, and so many are answered unclearly: half of these are carried out. */
const NOT_NOW_PERCENT = 3;
const UNCLEAR_PERCENT = 4;

/**
 * Carries requests out when they come, and answers a while later, so that a sender may be killed in between. Of the
 * kinds that are repeatable it carries a request out once, however often it comes.
 */
export async function startAcsServer(random: () => number): Promise<AcsServer> {
  const executions = new Map<string, Executions>();
  const bodies = new Map<string, string>();
  let unclear = 0;

  function perform(request: ActionRequest, body: string): ActionResult {
    const { actionId, generation, kind } = request;
    const dice = random() * 100;
    const isUnclear = dice >= NOT_NOW_PERCENT && dice < NOT_NOW_PERCENT + UNCLEAR_PERCENT;
    const before = executions.get(actionId) ?? { requests: 0, executed: 0, differs: false };
    const repeated = bodies.get(`${actionId}#${generation}`);
    const isRemembered = policyOf(kind) === 'repeatable' && repeated !== undefined;
    const isCarriedOut = !isRemembered && (isUnclear ? random() < 0.5 : dice >= NOT_NOW_PERCENT);
    if (isCarriedOut) bodies.set(`${actionId}#${generation}`, body);
    executions.set(actionId, {
      requests: before.requests + 1,
      executed: before.executed + Number(isCarriedOut),
      differs: before.differs || (isRemembered && repeated !== body),
    });
    unclear += Number(isUnclear);
    if (isUnclear) return { kind: 'unclear', reason: 'no answer' };
    return dice < NOT_NOW_PERCENT ? { kind: 'notNow', reason: 'throttled' } : { kind: 'done' };
  }

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const result = perform(JSON.parse(body) as ActionRequest, body);
    await delay(10 + random() * 50);
    response.end(JSON.stringify(result));
  }

  const server = createServer((incoming, response) => {
    // A sender that was killed while it wrote has sent nothing.
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    executions,
    unclearAnswers: () => unclear,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
