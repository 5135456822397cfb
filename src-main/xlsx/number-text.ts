/**
 * A stored number as a user sees it: shortest decimal of its first 15 digits, as spreadsheets keep no more, so that the
 * sum of 0.1 and 0.2 is 0.3; what is no number stays as it is written.
 */
export function numberText(stored: string): string {
  const plain = stored.trim();
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(plain)) return plain === '-0' ? '0' : plain;
  const value = Number(plain);
  if (plain === '' || !Number.isFinite(value)) return plain;
  return decimal(Number(value.toPrecision(15)));
}

/** A number without an exponent where it has a bearable count of digits. */
export function decimal(value: number): string {
  const text = String(value === 0 ? 0 : value);
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', first = '', rest = '', power = '0'] = parts;
  const exponent = Number(power);
  if (exponent < -20 || exponent > 30) return text;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${first}${rest}`;
  return sign + first + rest.padEnd(exponent, '0');
}
