import { dots, dotsBetween } from '../phrase/token-vectors.ts';
import type { FeatureGroup } from './feature-group.ts';

/** Where the vector is cut for cosines of its parts: broad directions first, fine ones last. */
const cuts = [0, 8, 24, 64, Infinity];

/** How alike the two phrases are as vectors, and how each lies to the class. */
export const vectorFeatures: FeatureGroup = {
  names: [
    'cosine',
    'even cosine',
    'head-weighted cosine',
    'anchor coherence',
    'target coherence',
    'cosine, part 1',
    'cosine, part 2',
    'cosine, part 3',
    'cosine, part 4',
    'anchor to class text',
    'target to class text',
    'class text difference',
    'anchor to class centre',
    'target to class centre',
    'class centre difference',
    'cosine in class',
    'cosine beside class',
    'mean absolute difference',
    'greatest difference',
  ],
  write({ anchor, target, context }, out, at) {
    const a = anchor.vector;
    const t = target.vector;
    dotsBetween(a, t, context.text.vector, context.text.vector, context.centre);
    const cosine = dots[0] as number;
    const aText = dots[1] as number;
    const tText = dots[2] as number;
    const aCentre = dots[3] as number;
    const tCentre = dots[4] as number;
    dotsBetween(anchor.evenVector, target.evenVector, t, a, t);
    out[at] = cosine;
    out[at + 1] = dots[0] as number;
    out[at + 2] = ((dots[1] as number) + (dots[2] as number)) / 2;
    out[at + 3] = anchor.coherence;
    out[at + 4] = target.coherence;
    for (let part = 0; part < 4; part++) out[at + 5 + part] = partCosine(a, t, part);
    out[at + 9] = aText;
    out[at + 10] = tText;
    out[at + 11] = tText - aText;
    out[at + 12] = aCentre;
    out[at + 13] = tCentre;
    out[at + 14] = tCentre - aCentre;
    // |a + c/2| and |t + c/2| follow from the dot products, as all three have length one.
    out[at + 15] =
      (cosine + 0.5 * (aCentre + tCentre) + 0.25) / Math.sqrt((1.25 + aCentre) * (1.25 + tCentre) + 1e-9);
    // What is left of both after the class direction is taken out.
    out[at + 16] =
      (cosine - aCentre * tCentre) / Math.sqrt((1 - aCentre * aCentre) * (1 - tCentre * tCentre) + 1e-4);
    writeDifference(a, t, out, at + 17);
  },
};

function partCosine(a: Float32Array, t: Float32Array, part: number): number {
  let product = 0;
  let aa = 1e-9;
  let tt = 1e-9;
  const end = Math.min(a.length, cuts[part + 1] as number);
  for (let d = cuts[part] as number; d < end; d++) {
    const x = a[d] as number;
    const y = t[d] as number;
    product += x * y;
    aa += x * x;
    tt += y * y;
  }
  return product / Math.sqrt(aa * tt);
}

function writeDifference(a: Float32Array, t: Float32Array, out: Float32Array, at: number): void {
  let sum = 0;
  let greatest = 0;
  for (let d = 0; d < a.length; d++) {
    const gap = Math.abs((a[d] as number) - (t[d] as number));
    sum += gap;
    if (gap > greatest) greatest = gap;
  }
  out[at] = sum / a.length;
  out[at + 1] = greatest;
}
