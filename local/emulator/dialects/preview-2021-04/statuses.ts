/** With which status ACS says yes, where its documents disagree. */
export interface SuccessStatuses {
  readonly create: 200 | 201;
  readonly join: 200 | 202;
  readonly cancel: 200 | 202;
}

/** As the specification of the API has them, and as the overview page has them. */
export const STATUSES = {
  specification: { create: 201, join: 202, cancel: 200 },
  overview: { create: 200, join: 200, cancel: 202 },
} as const satisfies Record<string, SuccessStatuses>;
