import { describe, expect, it } from 'vitest';
import { createEventBus } from '../../src-main/services/event-bus.ts';

describe('the event bus', () => {
  it('reaches every listener but those that left, whatever one of them throws', () => {
    const heard: string[] = [];
    const logged: string[] = [];
    const bus = createEventBus((message) => logged.push(message));
    bus.listen(() => {
      throw new Error('broken');
    });
    bus.listen((name) => heard.push(`a ${name}`));
    const leave = bus.listen((name) => heard.push(`b ${name}`));
    bus.emit('libraries.changed', {});
    leave();
    bus.emit('libraries.changed', {});
    expect(heard).toEqual(['a libraries.changed', 'b libraries.changed', 'a libraries.changed']);
    expect(logged).toEqual([
      'A listener of libraries.changed failed',
      'A listener of libraries.changed failed',
    ]);
  });
});
