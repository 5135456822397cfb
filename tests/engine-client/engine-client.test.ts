import { describe, expect, it } from 'vitest';
import { createEngineClient } from '../../src-main/engine-client/engine-client.ts';
import { forkEngine } from '../../src-main/engine-client/fork-engine.ts';
import { fixtureClient, runs, until, type FixtureClient } from './fixture-client.ts';

describe('an engine client', () => {
  it('starts its process with the first call and keeps it for the next', async () => {
    const { engine, embed, states, pids } = fixtureClient();
    expect([engine.state, pids()]).toEqual(['stopped', []]);
    expect(await embed(['a', 'bcd'])).toEqual([1, 3]);
    expect(await embed(['ef'])).toEqual([2]);
    expect(pids()).toHaveLength(1);
    expect(states.map(([state]) => state)).toEqual(['starting', 'ready']);
  });

  it('starts one process for calls that come together, and gives each its own answer', async () => {
    const { embed, pids } = fixtureClient();
    const answers = await Promise.all([embed(['later', 'a']), embed(['later', 'abc']), embed(['now', ''])]);
    expect(answers).toEqual([
      [5, 1],
      [5, 3],
      [3, 0],
    ]);
    expect(pids()).toHaveLength(1);
  });

  it('passes on what the engine refuses', async () => {
    const { embed } = fixtureClient();
    await expect(embed(['refuse'])).rejects.toMatchObject({
      code: 'pack-tampered',
      message: 'Not the same bytes.',
      details: { file: 'a.onnx' },
    });
  });

  it('refuses an answer that is not what the contract says', async () => {
    const { embed } = fixtureClient();
    await expect(embed(['nonsense'])).rejects.toMatchObject({ code: 'engine-failed' });
    expect(await embed(['abc'])).toEqual([3]);
  });

  it('refuses an input that cannot be sent, and goes on', async () => {
    const { engine, embed } = fixtureClient({ idleMs: 50 });
    const input = { pack: () => null } as never;
    await expect(engine.call('retriever.embed', input)).rejects.toMatchObject({ code: 'bad-input' });
    await until(() => engine.state === 'stopped');
    expect(await embed(['abc'])).toEqual([3]);
  });

  it('may be called by whoever hears of its states', async () => {
    const answers: Promise<number[]>[] = [];
    let done = false;
    const client: FixtureClient = fixtureClient({
      onState: () => {
        if (!done && answers.length < 8) answers.push(client.embed(['abc']));
      },
    });
    await client.embed(['crash first']);
    done = true;
    expect(await Promise.all(answers)).toEqual(answers.map(() => [3]));
    expect(client.pids()).toHaveLength(2);
  });
});

describe('a process that dies', () => {
  it('in the middle of a call is replaced, and the call is answered', async () => {
    const { embed, states, pids } = fixtureClient();
    const other = embed(['abcd']);
    expect(await embed(['crash first', 'ab'])).toEqual([11, 2]);
    expect(await other).toEqual([4]);
    expect(pids()).toHaveLength(2);
    expect(states.map(([state]) => state)).toEqual(['starting', 'ready', 'restarting', 'ready']);
    expect(states[2]?.[1]).toContain('SIGKILL');
  });

  it('while it idles is replaced by the next call', async () => {
    const { engine, embed, pids } = fixtureClient();
    await embed(['abc']);
    process.kill(pids()[0] as number, 'SIGKILL');
    await until(() => engine.state === 'stopped');
    expect(await embed(['ab'])).toEqual([2]);
    expect(pids()).toHaveLength(2);
  });

  it('is replaced even where the next call comes before its end is known', async () => {
    const { embed, pids } = fixtureClient();
    await embed(['abc']);
    process.kill(pids()[0] as number, 'SIGKILL');
    expect(await embed(['ab'])).toEqual([2]);
  });

  it('over one call twice fails that call and no other', async () => {
    const { embed } = fixtureClient();
    const failing = embed(['crash']);
    await expect(failing).rejects.toMatchObject({ code: 'engine-failed', details: { deaths: 2 } });
    await expect(failing).rejects.toThrow(/code 3.*Nothing stored is lost/s);
    expect(await embed(['abc'])).toEqual([3]);
  });

  it('with last words is quoted', async () => {
    const { embed } = fixtureClient();
    await expect(embed(['fatal'])).rejects.toThrow(/out of luck/);
  });

  it('at every start is given up after five, with what it said', async () => {
    const { engine, embed, pids } = fixtureClient({}, 'crash-at-start');
    const calls = await Promise.allSettled([embed(['a']), embed(['b'])]);
    for (const call of calls) {
      expect(call).toMatchObject({
        status: 'rejected',
        reason: { code: 'engine-failed', details: { deaths: 5 } },
      });
      expect((call as PromiseRejectedResult).reason.message).toMatch(/code 9: no graphics today/);
    }
    expect([pids().length, engine.state]).toEqual([5, 'failed']);
  });

  it('at every start gets one more attempt with each later call', async () => {
    const { engine, embed, pids } = fixtureClient({}, 'crash-at-start');
    await expect(embed(['a'])).rejects.toMatchObject({ code: 'engine-failed' });
    await expect(embed(['a'])).rejects.toMatchObject({ code: 'engine-failed' });
    expect([pids().length, engine.state]).toEqual([6, 'failed']);
  });

  it('because it cannot be found is reported', async () => {
    const engine = createEngineClient({
      spawn: forkEngine('/nowhere/engine.js'),
      backOff: { firstMs: 1, mostMs: 1, deaths: 2 },
    });
    await expect(engine.call('engine.status', {})).rejects.toThrow(/Cannot find module/);
  });

  it('because it cannot be started at all is reported', async () => {
    const spawn = () => {
      throw new Error('no more processes');
    };
    const engine = createEngineClient({ spawn, backOff: { firstMs: 1, mostMs: 1, deaths: 3 } });
    await expect(engine.call('engine.status', {})).rejects.toThrow(/could not be started: no more processes/);
  });

  it('because it sent garbage is killed and replaced', async () => {
    const { embed, pids } = fixtureClient();
    await expect(embed(['garbage'])).rejects.toThrow(/no answer/);
    await until(() => pids().every((pid) => !runs(pid)));
    expect(await embed(['abc'])).toEqual([3]);
  });
});

describe('a process that does nothing', () => {
  it('at its start is killed and counted as dead', async () => {
    const limits = { startMs: 100 };
    const backOff = { firstMs: 1, mostMs: 1, deaths: 2 };
    const { embed, pids } = fixtureClient({ limits, backOff }, 'mute');
    await expect(embed(['a'])).rejects.toThrow(/did not start within 100 ms/);
    await until(() => pids().every((pid) => !runs(pid)));
  });

  it('over a call is killed, and the call fails after the second time', async () => {
    const { embed, pids } = fixtureClient({ limits: { silenceMs: 200 } });
    await expect(embed(['hang'])).rejects.toThrow(/no sign of life for 200 ms/);
    await until(() => pids().every((pid) => !runs(pid)));
    expect(pids()).toHaveLength(2);
  });

  it('because nobody calls is left alone until it has idled long enough, then ended', async () => {
    const { engine, embed, states, pids } = fixtureClient({ idleMs: 800, limits: { silenceMs: 300 } });
    await embed(['abc']);
    await until(() => engine.state === 'stopped');
    await until(() => !runs(pids()[0] as number));
    expect(states.at(-1)).toEqual(['stopped', 'idle']);
    expect(await embed(['ab'])).toEqual([2]);
    expect(pids()).toHaveLength(2);
  });
});

describe('cancelling', () => {
  it('rejects at once and tells the process', async () => {
    const { embed, cancelled } = fixtureClient();
    const abort = new AbortController();
    const call = embed(['never'], abort.signal);
    await embed(['abc']);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => cancelled().length > 0);
    expect(await embed(['ab'])).toEqual([2]);
  });

  it('before the call is made starts nothing', async () => {
    const { embed, pids, engine } = fixtureClient();
    await expect(embed(['abc'], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect([engine.state, pids()]).toEqual(['stopped', []]);
  });

  it('while the process starts leaves it usable', async () => {
    const { embed, pids } = fixtureClient();
    const abort = new AbortController();
    const call = embed(['abc'], abort.signal);
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await embed(['ab'])).toEqual([2]);
    expect(pids()).toHaveLength(1);
  });

  it('the only call while the process waits for its restart ends the restart', async () => {
    const backOff = { firstMs: 60_000, mostMs: 60_000, deaths: 5 };
    const { engine, embed, pids } = fixtureClient({ backOff });
    const abort = new AbortController();
    const call = embed(['crash'], abort.signal);
    await until(() => engine.state === 'restarting');
    abort.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect([engine.state, pids().length]).toEqual(['stopped', 1]);
  });

  it('after the answer does nothing', async () => {
    const { embed, cancelled } = fixtureClient();
    const abort = new AbortController();
    expect(await embed(['abc'], abort.signal)).toEqual([3]);
    abort.abort();
    await embed(['ab']);
    expect(cancelled()).toEqual([]);
  });
});

describe('stopping', () => {
  it('rejects what is under way, ends the process, and the next call starts another', async () => {
    const { engine, embed, pids } = fixtureClient();
    await embed(['abc']);
    const call = embed(['never']);
    const stopped = engine.stop();
    await expect(call).rejects.toMatchObject({ code: 'engine-stopped' });
    await stopped;
    expect([engine.state, runs(pids()[0] as number)]).toEqual(['stopped', false]);
    expect(await embed(['ab'])).toEqual([2]);
  });

  it('works before the first call, twice at once, and while the process starts', async () => {
    const { engine, embed, pids } = fixtureClient();
    await engine.stop();
    const call = embed(['abc']);
    await Promise.all([
      engine.stop(),
      engine.stop(),
      expect(call).rejects.toMatchObject({ code: 'engine-stopped' }),
    ]);
    expect(pids().filter(runs)).toEqual([]);
  });

  it('followed by a call at once serves that call with a new process', async () => {
    const { engine, embed } = fixtureClient();
    await embed(['abc']);
    const stopped = engine.stop();
    expect(await embed(['ab'])).toEqual([2]);
    await stopped;
    expect(engine.state).toBe('ready');
  });

  it('ends a restart that waits for its time', async () => {
    const backOff = { firstMs: 60_000, mostMs: 60_000, deaths: 5 };
    const { engine, embed, pids } = fixtureClient({ backOff });
    const call = embed(['crash']);
    await until(() => engine.state === 'restarting');
    await Promise.all([engine.stop(), expect(call).rejects.toMatchObject({ code: 'engine-stopped' })]);
    expect(await embed(['ab'])).toEqual([2]);
    expect(pids()).toHaveLength(2);
  });
});
