// Dates of a scenario, as they fit another time.

const DAY = 24 * 60 * 60 * 1_000;

/** Dates that are farther from the present are those of births and of clocks of tests, which stay. */
const NEAR = 2 * 365 * DAY;

const DATE = /\b\d{4}-\d{2}-\d{2}(?=T|\b)/g;

/** A text whose dates are as many days from `now` as they were from `then`. */
export function shifted(text, then, now) {
  const days = start(now) - start(then);
  return text.replace(DATE, (date) => {
    const time = Date.parse(date);
    if (Number.isNaN(time) || Math.abs(time - then) > NEAR) return date;
    return new Date(time + days).toISOString().slice(0, 10);
  });
}

/** The first moment of a day. */
function start(date) {
  return Math.floor(date / DAY) * DAY;
}
