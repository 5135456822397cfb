/** The state of Adam for one array of parameters. */
export interface AdamState {
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Fresh state for some parameters. */
export function adamState(parameters: Float32Array): AdamState {
  const zeros = () => new Float32Array(parameters.length);
  return { parameters, gradient: zeros(), first: zeros(), second: zeros() };
}

const beta1 = 0.9;
const beta2 = 0.999;

/** One step of Adam with L2 decay in the gradient; the gradient is set back to zero. */
export function adamStep(state: AdamState, step: number, rate: number, decay: number): void {
  const { parameters, gradient, first, second } = state;
  const size = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i]! + decay * parameters[i]!;
    const m = beta1 * first[i]! + (1 - beta1) * g;
    const v = beta2 * second[i]! + (1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    parameters[i] = parameters[i]! - (size * m) / (Math.sqrt(v) + 1e-8);
    gradient[i] = 0;
  }
}
