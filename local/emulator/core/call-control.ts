import type { CallLeg } from './call-leg.ts';
import type { Member } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import type { Happening } from './happening.ts';
import { type Identity, numberOrRawId } from './identity.ts';
import type { InviteRequest } from './invitations.ts';
import type { StreamKind } from './media-streams.ts';
import { OUTCOMES } from './outcomes.ts';
import type { PlayRequest } from './play-job.ts';
import type { PromptSource } from './prompt-source.ts';
import type { RecognizeRequest } from './recognize-job.ts';
import { done, type Refusal, type Result, refused } from './refusal.ts';
import type { OperationRequest } from './tone-listening.ts';
import { type TransferRequest, transfer } from './transfer.ts';
import type { World } from './world.ts';

const SECONDS_PER_TONE = 0.3;
const SECONDS_TO_SETTLE = 0.2;

/** Why a call is not controlled as asked. */
export type ControlRefusal = Refusal | 'mediaBusy' | 'wrongState' | 'ambiguous' | 'noInvitation';

type Controlled = Result<CallLeg, ControlRefusal>;

/** What an app may do with a call that is connected, person by person. Each is done at once, and told of as it is. */
export class CallControl {
  readonly #world: World;
  readonly #exchange: Exchange;

  constructor(world: World, exchange: Exchange) {
    this.#world = world;
    this.#exchange = exchange;
  }

  /** Plays; refused while somebody is asked something, unless it interrupts that. */
  play(callId: string, request: PlayRequest): Controlled {
    return this.#on(callId, leg => {
      if (leg.player.isRecognizing && request.interrupts !== true) return refused('mediaBusy');
      leg.player.play(request);
      return done(leg);
    });
  }

  /** Asks somebody, one at a time. */
  recognize(callId: string, request: RecognizeRequest): Controlled {
    return this.#onSomebody(callId, request.target, leg => {
      if (leg.player.isRecognizing && !request.interrupts) return refused('mediaBusy');
      leg.player.recognize(request);
      return done(leg);
    });
  }

  /** Rings one more; gives the id of the invitation. */
  add(callId: string, request: InviteRequest): Result<{ leg: CallLeg; invitationId: string }, Refusal> {
    const found = this.#exchange.connected(callId);
    if (!found.ok) return found;
    return done({ leg: found.value, invitationId: found.value.invite(request) });
  }

  /** Lets an invited one ring no more. */
  cancelAdd(callId: string, invitationId: string, request: OperationRequest): Controlled {
    return this.#on(callId, leg => {
      note(leg, 'inviteCancelled', request);
      return leg.invitations.cancel(invitationId, request) ? done(leg) : refused('noInvitation');
    });
  }

  /** Sends somebody away. Whether they were there is told by an event. */
  remove(callId: string, identity: Identity, request: OperationRequest): Controlled {
    return this.#on(callId, leg => {
      note(leg, 'remove', { ...request, who: identity });
      this.#later(() => {
        const member = leg.conversation.memberOf(identity.rawId);
        const status = member === undefined ? 'failed' : 'completed';
        const outcome = member === undefined ? OUTCOMES.notThere : OUTCOMES.done;
        const { operationContext, callbackUri } = request;
        leg.tell({ type: 'remove', status, operationContext, outcome, identity }, callbackUri);
        if (member === undefined) return;
        if (leg.isParticipant(member.participantId)) leg.end();
        else leg.conversation.leave(member.participantId);
      }, leg);
      return done(leg);
    });
  }

  mute(callId: string, identity: Identity): Controlled {
    return this.#onSomebody(callId, identity, (leg, { participantId }) => {
      note(leg, 'muted', { operationContext: null, who: identity });
      leg.conversation.setMuted(participantId, true);
      return done(leg);
    });
  }

  /** Brings people here from another call of the app. Whether they were there is told by an event each. */
  move(
    callId: string,
    identities: readonly Identity[],
    { fromCall, operationContext, callbackUri }: OperationRequest & { readonly fromCall: string },
  ): Controlled {
    return this.#on(callId, leg => {
      const from = this.#exchange.connected(fromCall);
      if (!from.ok) return from;
      for (const identity of identities) {
        note(leg, 'move', { operationContext, who: identity });
        const member = from.value.conversation.memberOf(identity.rawId);
        const isThere = member?.person !== undefined;
        if (isThere) from.value.conversation.move(member, leg.conversation);
        const status = isThere ? 'completed' : 'failed';
        const outcome = isThere ? OUTCOMES.done : OUTCOMES.notThere;
        leg.tell({ type: 'move', status, operationContext, outcome, identity, fromCall }, callbackUri);
      }
      return done(leg);
    });
  }

  /** Hands somebody over to somebody else: whoever is alone with the app, or the one named. */
  transfer(callId: string, request: TransferRequest): Controlled {
    return this.#on(callId, leg => {
      const others = leg.conversation.others;
      const [transferee] = request.transferee
        ? others.filter(({ identity }) => identity.rawId === request.transferee?.rawId)
        : others;
      if (transferee === undefined) return refused('noParticipant');
      if (request.transferee === undefined && others.length > 1) return refused('ambiguous');
      note(leg, 'transfer', { ...request, who: request.target });
      transfer({ leg, transferee, request, create: label => this.#exchange.desk.create(label) });
      return done(leg);
    });
  }

  /** Tells each key that somebody presses. */
  listen(callId: string, identity: Identity, request: OperationRequest): Controlled {
    return this.#onSomebody(callId, identity, leg => {
      note(leg, 'listen', { ...request, who: identity });
      leg.tones.start(identity, request);
      return done(leg);
    });
  }

  /** Tells them no more. */
  stopListening(callId: string, identity: Identity, request: OperationRequest): Controlled {
    return this.#on(callId, leg => {
      note(leg, 'listenNoMore', { ...request, who: identity });
      leg.tones.stop(identity, request);
      return done(leg);
    });
  }

  /** Presses keys towards a telephone. */
  sendTones(
    callId: string,
    identity: Identity,
    { keys, operationContext, callbackUri }: OperationRequest & { readonly keys: readonly string[] },
  ): Controlled {
    return this.#onSomebody(callId, identity, leg => {
      const isTelephone = identity.kind === 'phone';
      this.#world.clock.after(keys.length * SECONDS_PER_TONE * 1000, () => {
        if (leg.state !== 'connected') return;
        note(leg, 'tonesSent', { operationContext, who: identity, detail: keys.join('') });
        const status = isTelephone ? 'completed' : 'failed';
        const outcome = isTelephone ? OUTCOMES.done : OUTCOMES.noTelephone;
        leg.tell({ type: 'sendTones', status, operationContext, outcome }, callbackUri);
      });
      return done(leg);
    });
  }

  /** Lets somebody wait, with or without something to hear. Who is there and may wait is told by the roster. */
  hold(
    callId: string,
    identity: Identity,
    request: OperationRequest & { readonly prompt: PromptSource | undefined },
  ): Controlled {
    return this.#on(callId, leg => {
      note(leg, 'hold', { ...request, who: identity });
      this.#later(() => {
        const member = leg.conversation.memberOf(identity.rawId);
        if (member === undefined || member.isOnHold) {
          const outcome = member === undefined ? OUTCOMES.notThere : OUTCOMES.noHold;
          const { operationContext, callbackUri } = request;
          leg.tell({ type: 'hold', status: 'failed', operationContext, outcome }, callbackUri);
          return;
        }
        leg.conversation.setOnHold(member.participantId, true);
        if (request.prompt !== undefined) leg.conversation.hearPrompt([identity]);
      }, leg);
      return done(leg);
    });
  }

  /** Lets them wait no longer. */
  unhold(callId: string, identity: Identity, request: OperationRequest): Controlled {
    return this.#onSomebody(callId, identity, (leg, { participantId, isOnHold }) => {
      if (!isOnHold) return refused('wrongState');
      note(leg, 'unhold', { ...request, who: identity });
      leg.conversation.setOnHold(participantId, false);
      return done(leg);
    });
  }

  /** Begins, changes or ends what is sent out of the call. */
  stream(
    callId: string,
    request: OperationRequest & {
      readonly kind: StreamKind;
      readonly status: 'started' | 'updated' | 'stopped';
    },
  ): Controlled {
    return this.#on(callId, leg => {
      if (!leg.streams.change(request.kind, request.status, request)) return refused('wrongState');
      note(leg, request.kind, { ...request, detail: request.status });
      return done(leg);
    });
  }

  #on(callId: string, control: (leg: CallLeg) => Controlled): Controlled {
    const found = this.#exchange.connected(callId);
    return found.ok ? control(found.value) : found;
  }

  #onSomebody(
    callId: string,
    { rawId }: Identity,
    control: (leg: CallLeg, member: Member) => Controlled,
  ): Controlled {
    return this.#on(callId, leg => {
      const member = leg.conversation.memberOf(rawId);
      return member === undefined ? refused('noParticipant') : control(leg, member);
    });
  }

  /** After the answer; not at all when the call is over by then. */
  #later(then: () => void, leg: CallLeg): void {
    this.#world.clock.after(SECONDS_TO_SETTLE * 1000, () => {
      if (leg.state === 'connected') then();
    });
  }
}

function note(
  leg: CallLeg,
  kind: Happening['kind'],
  about: Pick<OperationRequest, 'operationContext'> & { readonly who?: Identity; readonly detail?: string },
): void {
  const { operationContext, who, detail } = about;
  leg.note({ kind, operationContext, who: who && numberOrRawId(who), detail });
}
