import { describe, expect, it, vi } from 'vitest';
import type { Upload } from '../../src-main/contract/transport.ts';
import { createWebApi } from '../../src-renderer/web-api.ts';

const handle = { id: 'ab'.repeat(16), name: 'a b.csv', bytes: 10 };

/** A request that answers as the test says. */
function answering(status: number, body: string) {
  const sent: { method: string; url: string; headers: Record<string, string>; body: unknown }[] = [];
  class FakeRequest {
    status = status;
    responseText = body;
    upload: { onprogress?: (event: { loaded: number }) => void } = {};
    onload?: () => void;
    onerror?: () => void;
    #headers: Record<string, string> = {};
    #opened = { method: '', url: '' };
    open(method: string, url: string) {
      this.#opened = { method, url };
    }
    setRequestHeader(name: string, value: string) {
      this.#headers[name] = value;
    }
    send(content: unknown) {
      sent.push({ ...this.#opened, headers: this.#headers, body: content });
      queueMicrotask(() => {
        this.upload.onprogress?.({ loaded: 4 });
        // Chrome counts what stands around the file, too.
        this.upload.onprogress?.({ loaded: 12 });
        if (status === 0) this.onerror?.();
        else this.onload?.();
      });
    }
  }
  return { sent, XMLHttpRequest: FakeRequest as unknown as typeof XMLHttpRequest };
}
const Source = EventTarget as unknown as typeof EventSource;
const api = (request: ReturnType<typeof answering>, onConnection = () => {}) =>
  createWebApi({ fetch: vi.fn(), EventSource: Source, onConnection, XMLHttpRequest: request.XMLHttpRequest });
const file = new File(['0123456789'], 'a b.csv');

describe('the files of the web client', () => {
  it('are sent as they are, with their name in the address, and tell how far they are', async () => {
    const request = answering(200, JSON.stringify({ ok: true, value: handle }));
    const uploads: Upload[] = [];
    await expect(api(request).takeFile(file, (upload) => uploads.push(upload))).resolves.toEqual(handle);
    expect(request.sent).toEqual([
      {
        method: 'POST',
        url: '/api/files?name=a%20b.csv',
        headers: { 'content-type': 'application/octet-stream' },
        body: file,
      },
    ]);
    expect(uploads.map(({ sent, total }) => [sent, total])).toEqual([
      [0, 10],
      [4, 10],
      [10, 10],
    ]);
  });

  it.each([
    [200, JSON.stringify({ ok: false, error: { code: 'disk-full', message: 'Full.' } }), 'disk-full', /Full/],
    [413, 'no', 'too-large', /a b\.csv is larger.*command line/],
    [403, 'no', 'forbidden', /no longer belongs/],
    [0, '', 'internal', /could not be sent/],
  ])('that are refused with status %i say why', async (status, body, code, message) => {
    const lost = vi.fn();
    const refused = api(answering(status, body), lost).takeFile(file);
    await expect(refused).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    // A file that can't be read is no sign that the host is gone.
    expect(lost).not.toHaveBeenCalled();
  });

  it('are chosen with the chooser of the browser, which leaves nothing on the page', async () => {
    const request = answering(200, JSON.stringify({ ok: true, value: handle }));
    const click = vi.spyOn(HTMLInputElement.prototype, 'click');
    click.mockImplementationOnce(function (this: HTMLInputElement) {
      Object.defineProperty(this, 'files', { value: [file] });
      this.dispatchEvent(new Event('change'));
    });
    await expect(api(request).openFile()).resolves.toEqual(handle);
    click.mockImplementationOnce(function (this: HTMLInputElement) {
      this.dispatchEvent(new Event('cancel'));
    });
    await expect(api(request).openFile()).resolves.toBe(null);
    expect([request.sent.length, document.querySelectorAll('input').length]).toEqual([1, 0]);
  });

  it('are saved by a link that the browser follows', async () => {
    const links: string[] = [];
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
    click.mockImplementationOnce(function (this: HTMLAnchorElement) {
      links.push(`${this.getAttribute('href')} ${this.download}`);
    });
    await expect(api(answering(200, '')).saveFile(handle)).resolves.toBe(true);
    expect(links).toEqual([`/api/files/${handle.id} a b.csv`]);
    expect(document.querySelectorAll('a').length).toBe(0);
  });
});
