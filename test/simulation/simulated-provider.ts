import { GA_POLICIES, type Policy, PREVIEW_POLICIES } from '../../shared/actions/policy.ts';
import type { ActionRequest, ActionResult, CallAnswer, Provider } from '../../shared/actions/provider.ts';
import type { ActionKind } from '../../shared/domain/action.ts';
import type { FaultName } from './faults.ts';
import { RememberedRequests, WINDOW_MS } from './remembered-requests.ts';
import type { ProviderProfile } from './scenario.ts';
import type { Actor, Scheduler } from './scheduler.ts';

/** What ACS did, and what it answers when it is asked again. One for all processes. */
export class SimulatedAcs {
  readonly profile: ProviderProfile;
  /** How often each action was carried out, by its id. */
  readonly executions = new Map<string, number>();
  /** How often each action was asked for, whatever came of it. */
  readonly requests = new Map<string, number>();
  /** Wire ids of the calls that ACS does not know any more. */
  readonly gone = new Set<string>();
  readonly #scheduler: Scheduler;
  readonly #onExecuted: (request: ActionRequest) => void;
  readonly #onPastWindow: () => void;
  readonly #answered = new Set<string>();
  readonly #remembered: RememberedRequests;

  /** @param options.onExecuted is told of every execution, so that its events can be sent. */
  constructor(options: {
    readonly profile: ProviderProfile;
    readonly scheduler: Scheduler;
    readonly onExecuted: (request: ActionRequest) => void;
    /** Is told of every request that came too late to be repeated. */
    readonly onPastWindow: () => void;
    /** Is told of every request that is repeated while it is carried out. */
    readonly onStillRunning: () => void;
    /** Is told of every request that comes again as another. */
    readonly onChanged: (request: ActionRequest) => void;
  }) {
    this.profile = options.profile;
    this.#scheduler = options.scheduler;
    this.#onExecuted = options.onExecuted;
    this.#onPastWindow = options.onPastWindow;
    this.#remembered = new RememberedRequests(options);
  }

  policyOf(kind: ActionKind): Policy {
    if (this.profile === 'ga') return GA_POLICIES[kind];
    // To dial again is nothing that ACS is asked for.
    const isRepeatable = this.profile === 'repeatable' && kind !== 'dialAgain';
    return isRepeatable ? 'repeatable' : PREVIEW_POLICIES[kind];
  }

  /** ACS, as one process reaches it. */
  providerFor(actor: Actor): Provider {
    return {
      policyOf: kind => this.policyOf(kind),
      perform: request => this.#perform(actor, request),
      ask: ({ wireId }) => this.#ask(actor, wireId),
    };
  }

  #perform(actor: Actor, request: ActionRequest): Promise<ActionResult> {
    this.requests.set(request.actionId, (this.requests.get(request.actionId) ?? 0) + 1);
    const row = this.policyOf(request.kind) === 'repeatable' ? 'W4' : 'W4n';
    return this.#scheduler.take<ActionResult>(actor, {
      name: `${row} ${request.kind}`,
      kind: 'send',
      effect: () => this.#execute(request),
      failed: failure,
    });
  }

  #execute(request: ActionRequest): ActionResult {
    const { actionId, generation, firstSentAt } = request;
    if (this.profile === 'repeatable') {
      const requestId = `${actionId} ${generation}`;
      if (this.#answered.has(requestId)) return { kind: 'done' };
      if (this.#scheduler.nowMs - Date.parse(firstSentAt) > WINDOW_MS) {
        this.#onPastWindow();
        // As the client of GA has it (412): it was not carried out this time.
        return { kind: 'notNow', reason: 'simulated: too late to be repeated' };
      }
      this.#answered.add(requestId);
    }
    if (this.profile === 'ga' && this.policyOf(request.kind) === 'repeatable') {
      const answer = this.#remembered.answerTo(request);
      if (answer !== undefined) return answer;
    }
    this.executions.set(actionId, (this.executions.get(actionId) ?? 0) + 1);
    this.#onExecuted(request);
    return { kind: 'done' };
  }

  #ask(actor: Actor, wireId: string | null): Promise<CallAnswer> {
    return this.#scheduler.take<CallAnswer>(actor, {
      name: 'S1 ask',
      kind: 'read',
      effect: () => this.#answerAbout(wireId),
      failed: () => 'noAnswer',
    });
  }

  #answerAbout(wireId: string | null): CallAnswer {
    if (this.profile === 'preview') return 'cannotAsk';
    return wireId === null || this.gone.has(wireId) ? 'gone' : 'open';
  }
}

function failure(fault: FaultName): ActionResult {
  const reason = `simulated: ${fault}`;
  if (fault === 'throttled') return { kind: 'notNow', reason, retryAfterMs: 2_000 };
  if (fault === 'refused') return { kind: 'refused', reason };
  return { kind: 'unclear', reason };
}
