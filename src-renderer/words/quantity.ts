/** A count with separators: 1,234,567. */
export function countWords(count: number): string {
  return count.toLocaleString('en');
}

/** A count with its noun: 1 row, 2 rows. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${countWords(count)} ${count === 1 ? one : several}`;
}

/** The size of a file in decimal units, as file managers show it. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'] as const;
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power - 1]}`;
}

/** A time span in its one or two largest units; `seconds` may be a fraction. */
export function spanWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10 && whole % 60 !== 0) return `${minutes} min ${whole % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** A pace: whole numbers above ten, a decimal below. */
export function rateWords(rate: number, unit: string): string {
  return `${rate < 10 ? rate.toFixed(1) : countWords(Math.round(rate))} ${unit}/s`;
}
