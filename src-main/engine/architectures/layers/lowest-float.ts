/** The lowest finite 32-bit float: what PyTorch fills masked attention scores with. */
export const lowestFloat = -(2 - 2 ** -23) * 2 ** 127;
