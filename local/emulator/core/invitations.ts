import type { EventSource } from './event-source.ts';
import type { Identity } from './identity.ts';
import { tellInviteResults } from './invite-results.ts';
import type { LegRinging } from './leg-ringing.ts';
import { OUTCOMES } from './outcomes.ts';
import type { Ringing } from './ringing.ts';
import type { OperationRequest } from './tone-listening.ts';
import type { World } from './world.ts';

/** Whom the app invites, and where it wants to hear of it. */
export interface InviteRequest extends OperationRequest {
  readonly identities: readonly Identity[];
  /** How long they ring at most. */
  readonly ringSeconds?: number | undefined;
}

interface Invitation {
  readonly ringing: () => Ringing | undefined;
  state: 'ringing' | 'settled' | 'cancelled';
}

/** Whom one call leg invites, and what becomes of it. */
export class Invitations {
  readonly #world: World;
  readonly #source: EventSource;
  readonly #ringing: LegRinging;
  readonly #byId = new Map<string, Invitation>();
  #count = 0;

  constructor(world: World, source: EventSource, ringing: LegRinging) {
    this.#world = world;
    this.#source = source;
    this.#ringing = ringing;
  }

  /** Rings them, and tells how it went when the last of them is settled. Gives the id of the invitation. */
  invite(request: InviteRequest, settled: () => void): string {
    const { operationContext, identities, callbackUri, ringSeconds } = request;
    this.#count += 1;
    const label = `${this.#source.leg.label}|invite|${this.#count}`;
    const invitationId = this.#world.streams.guid(`${label}|id`);
    let ringing: Ringing | undefined;
    const invitation: Invitation = { ringing: () => ringing, state: 'ringing' };
    this.#byId.set(invitationId, invitation);
    ringing = this.#ringing.begin({
      identities,
      label,
      ringSeconds,
      settled: results => {
        if (invitation.state === 'ringing') {
          invitation.state = 'settled';
          tellInviteResults(results, {
            operationContext,
            invitationId,
            eventId: index => this.#world.streams.guid(`${label}|event|${index}`),
            tell: news => this.#source.tell(news, callbackUri),
          });
        }
        settled();
      },
    });
    return invitationId;
  }

  /** Rings them no more, and tells so; or that it was too late. False when there was no such invitation. */
  cancel(invitationId: string, { operationContext, callbackUri }: OperationRequest): boolean {
    const invitation = this.#byId.get(invitationId);
    if (invitation === undefined) return false;
    const isRinging = invitation.state === 'ringing';
    if (isRinging) {
      invitation.state = 'cancelled';
      invitation.ringing()?.cancel();
    }
    const status = isRinging ? 'completed' : 'failed';
    const outcome = isRinging ? OUTCOMES.done : OUTCOMES.tooLate;
    this.#source.tell({ type: 'cancelInvite', status, operationContext, outcome, invitationId }, callbackUri);
    return true;
  }
}
