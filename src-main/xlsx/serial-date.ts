/** What a number format shows of a moment: `elapsed` counts hours beyond a day. */
export type MomentFormat = 'date' | 'time' | 'date-time' | 'elapsed';

const dayMilliseconds = 86_400_000;

/**
 * A serial number of days as ISO text, as its format shows it; null where it is no moment (negative, beyond the year 9999).
 * A date with a time of day shows it whatever the format, so that nothing is lost. Days count from 1900 with the leap day
 * that 1900 never had, number 60, or from 1904.
 */
export function isoFromSerial(serial: number, format: MomentFormat, from1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return null;
  const milliseconds = Math.round(serial * dayMilliseconds);
  const day = Math.floor(milliseconds / dayMilliseconds);
  const ofDay = milliseconds - day * dayMilliseconds;
  if (format === 'elapsed') return clock(milliseconds);
  if (format === 'time') return day === 0 ? clock(ofDay) : `${isoDay(day, from1904)}T${clock(ofDay)}`;
  if (day === 0 && !from1904) return clock(ofDay);
  const withTime = format === 'date-time' || ofDay > 0;
  return withTime ? `${isoDay(day, from1904)}T${clock(ofDay)}` : isoDay(day, from1904);
}

function isoDay(day: number, from1904: boolean): string {
  if (!from1904 && day === 60) return '1900-02-29';
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < 60 ? 31 : 30);
  return new Date(first + day * dayMilliseconds).toISOString().slice(0, 10);
}

function clock(milliseconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = milliseconds % 1000;
  const whole = `${two(milliseconds / 3_600_000)}:${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}`;
  return rest === 0 ? whole : `${whole}.${String(rest).padStart(3, '0')}`;
}
