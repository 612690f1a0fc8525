import type { Clock } from '../../clock.ts';
import { isPlacing, needsWireId } from '../../domain/action.ts';
import type { RosterEntry } from '../../domain/call-event.ts';
import { type AcsAccess, type AcsAnswer, AcsTransport } from '../acs/acs-transport.ts';
import { errorIn, memberOf, parseJson } from '../acs/read-answer.ts';
import type { ActionRequest, ActionResult, AskedCall, CallAnswer } from '../provider.ts';
import { specOf } from '../vocabulary/action-draft.ts';
import type { ActionSpec, SpecOf } from '../vocabulary/action-schema.ts';
import { getCall, listParticipants, sendAction } from './ga-sdk.ts';
import { invitationIdIn, isGone, outcomeOf } from './outcome-of.ts';
import { repeatabilityHeaders } from './repeatability.ts';
import type { GaSpec } from './requests.ts';

/** GA Call Automation, as far as it is asked for something. Its SDK is large: to be loaded when it is wanted. */
export class GaClient {
  readonly #transport: AcsTransport;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(access: AcsAccess, { clock }: { readonly clock: Pick<Clock, 'now'> }) {
    this.#transport = new AcsTransport(access);
    this.#clock = clock;
  }

  /** Sends an action once; one that is about several, once for each of them. Never throws. */
  async perform(action: ActionRequest): Promise<ActionResult> {
    const spec = specOf(action);
    if (spec === undefined || !isOfGa(spec))
      return { kind: 'refused', reason: 'its arguments are none that this version knows' };
    if (action.callbackUri === null && (isPlacing(action) || action.kind === 'startRecording'))
      return { kind: 'refused', reason: 'no CALLBACK_SECRET is set, so that ACS cannot tell of the call' };
    if (action.wireId === null && needsWireId(action))
      return { kind: 'notNow', reason: 'ACS has not told the id of the call yet' };
    if (spec.kind === 'addParticipants') return this.#addEach(spec, action);
    return this.#outcomeOf(action, await this.#send(spec, action));
  }

  /** Whether ACS knows the call. Never throws. */
  async ask({ wireId }: AskedCall): Promise<CallAnswer> {
    if (wireId === null) return 'cannotAsk';
    const answer = await getCall(this.#transport, wireId);
    if (answer.kind !== 'answer') return 'noAnswer';
    if (answer.status === 200) {
      const state = memberOf(parseJson(answer.text), 'callConnectionState');
      return state === 'disconnected' ? 'gone' : 'open';
    }
    return isGone(answer.status, errorIn(answer.text)) ? 'gone' : 'noAnswer';
  }

  /** Who is on the call; undefined where ACS does not say. Never throws. */
  async rosterOf({ wireId }: AskedCall): Promise<readonly RosterEntry[] | undefined> {
    if (wireId === null) return undefined;
    try {
      return await listParticipants(this.#transport, wireId);
    } catch {
      return undefined;
    }
  }

  /** Lets go of the connections that wait for a request. */
  close(): void {
    this.#transport.close();
  }

  /**
   * GA adds one with each request. When some are called and the rest is not, all is repeated, which calls nobody twice:
   * ACS remembers who was. One whom it refuses keeps no other from being called.
   */
  async #addEach(spec: SpecOf<'addParticipants'>, action: ActionRequest): Promise<ActionResult> {
    const invitations: Record<string, string> = {};
    const refused: { rawId: string; reason: string }[] = [];
    let called = 0;
    for (const rawId of spec.participants) {
      const answer = await this.#send({ ...spec, participants: [rawId] }, action, rawId);
      const result = this.#outcomeOf(action, answer);
      if (result.kind === 'refused') refused.push({ rawId, reason: result.reason });
      else if (result.kind === 'done') called += 1;
      else return called > 0 ? { ...result, kind: 'unclear' } : result;
      const invitationId = invitationIdIn(answer);
      if (invitationId !== undefined) invitations[rawId] = invitationId;
    }
    const [first] = refused;
    if (called === 0 && first !== undefined) return { kind: 'refused', reason: first.reason };
    return {
      kind: 'done',
      ...(Object.keys(invitations).length > 0 && { ids: { invitations } }),
      ...(first !== undefined && { refused }),
    };
  }

  #outcomeOf(action: ActionRequest, answer: AcsAnswer): ActionResult {
    return outcomeOf(action, answer, this.#clock.now());
  }

  #send(spec: GaSpec, action: ActionRequest, about?: string): Promise<AcsAnswer> {
    return sendAction(this.#transport, {
      spec,
      callConnectionId: action.wireId ?? '',
      callbackUri: action.callbackUri ?? '',
      operationContext: action.actionId,
      headers: repeatabilityHeaders({ ...action, about }),
      traceparent: action.traceparent,
    });
  }
}

function isOfGa(spec: ActionSpec): spec is GaSpec {
  return spec.kind !== 'addToConversation' && spec.kind !== 'removeFromConversation';
}
