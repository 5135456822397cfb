/** A unit vector of normally distributed components: any direction is as likely as any other. */
export function randomUnitVector(random: () => number, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return radius * Math.cos(2 * Math.PI * random());
  });
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}
