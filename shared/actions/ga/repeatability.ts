import { hash } from 'node:crypto';
import type { ActionRequest } from '../provider.ts';

/** What of an action tells its request from all others. */
export type RequestIdentity = Pick<ActionRequest, 'actionId' | 'generation' | 'firstSentAt'> & {
  /** Whom it is about, where one action leads to several requests. */
  readonly about?: string | undefined;
};

/** Headers of one request; ACS carries out once what comes with the same ones again. */
export interface RepeatabilityHeaders {
  readonly 'Repeatability-Request-ID': string;
  /** An IMF-fixdate (RFC 9110, 5.6.7). */
  readonly 'Repeatability-First-Sent': string;
}

/**
 * The repeatability headers of a request: the same on every send of a generation, and others for every other. Pure.
 *
 * @see https://docs.oasis-open.org/odata/repeatable-requests/v1.0/repeatable-requests-v1.0.html
 */
export function repeatabilityHeaders(request: RequestIdentity): RepeatabilityHeaders {
  return {
    'Repeatability-Request-ID': requestIdOf(request),
    'Repeatability-First-Sent': new Date(request.firstSentAt).toUTCString(),
  };
}

/** A UUID that is made of what it names, in the form of a random one (RFC 9562, version 4), which ACS asks for. */
function requestIdOf({ actionId, generation, about = '' }: RequestIdentity): string {
  const digits = hash('sha256', `${actionId}\n${generation}\n${about}`, 'hex');
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4];
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}
