/** As every sender writes it today, and the two forms that recipients still have to read. */
const FORMS: readonly RegExp[] = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * What a header says that holds a date, in milliseconds since 1970; undefined where it holds none: then it is as if it were not
 * there. `Date.parse` alone takes any number for a year.
 *
 * Source: RFC 9110, 5.6.7.
 */
export function httpDate(text: string | null): number | undefined {
  if (text === null || !FORMS.some((form) => form.test(text))) return undefined;
  // The last form is in Greenwich as well, and does not say so.
  const time = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`);
  return Number.isNaN(time) ? undefined : time;
}
