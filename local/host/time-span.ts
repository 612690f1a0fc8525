const TIME_SPAN = /^(-)?(?:(\d+)\.)?(\d{1,2}):([0-5]?\d)(?::([0-5]?\d)(\.\d{1,7})?)?$/;

/**
 * Reads a .NET time span as host.json writes them (`hh:mm:ss`, `d.hh:mm:ss.fff`) in milliseconds; undefined when it is
 * not one.
 */
export function parseTimeSpanMs(text: string): number | undefined {
  const match = TIME_SPAN.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = '0'] = match;
  const wholeSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  const ms = wholeSeconds * 1000 + Math.round(Number(fraction) * 1000);
  return sign === undefined ? ms : -ms;
}
