/** How events come, as far as it changes what one of them costs. */
export const LOAD_SHAPES = [
  { name: 'burst, one event a post', eventsPerPost: 1, isThin: false },
  { name: 'burst, three events a post', eventsPerPost: 3, isThin: false },
  /** So rarely that each finds nothing in a cache, nobody beside it in a receive, and an instance for itself alone. */
  { name: 'spread thin', eventsPerPost: 1, isThin: true },
] as const;

export type LoadShape = (typeof LOAD_SHAPES)[number];

/** Whose work is counted: the product's, or that of what one writes first. */
export const PIPELINES = ['Ringback', 'naive'] as const;

export type PipelineName = (typeof PIPELINES)[number];

/** What is counted of an event, and billed. */
export const COUNTED = ['queue requests', 'table requests', 'CPU'] as const;

/** The name of a count among the readings of the bench. */
export function countName(
  pipeline: PipelineName,
  shape: LoadShape,
  counted: (typeof COUNTED)[number],
): string {
  return `${counted} per event, ${pipeline}, ${shape.name}`;
}
