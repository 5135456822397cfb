/** How much the web host allows. */
export interface WebLimits {
  readonly callBurst: number;
  readonly callsPerSecond: number;
  readonly badTokenBurst: number;
  readonly badTokensPerSecond: number;
  readonly badTokenDelayMs: number;
  readonly eventStreams: number;
  readonly heartbeatMs: number;
  readonly unreadBytes: number;
  readonly requestTimeoutMs: number;
  readonly connections: number;
}

/** Enough for a person with several windows, little for anything else. */
export const defaultLimits: WebLimits = {
  callBurst: 200,
  callsPerSecond: 200,
  badTokenBurst: 10,
  badTokensPerSecond: 1,
  badTokenDelayMs: 300,
  eventStreams: 16,
  heartbeatMs: 15_000,
  unreadBytes: 1_000_000,
  requestTimeoutMs: 15_000,
  connections: 128,
};
