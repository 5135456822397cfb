import { setImmediate as nextTurn } from 'node:timers/promises';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { AppError } from '../contract/app-error.ts';
import { damaged, tooLarge } from './refuse.ts';
import { partBytes } from './zip-part.ts';
import type { ZipEntry } from './zip-directory.ts';

/** An element as it opens: its name and attributes without their prefixes are what workbooks differ in. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What hears a part as it is read. */
export interface XmlListener {
  open(element: XmlElement): void;
  text(text: string): void;
  close(name: string): void;
}

/** A single text, name or comment with more characters is no workbook's. */
const longestToken = 16 * 1024 * 1024;

/**
 * Reads a part of an archive as XML, piece by piece: after each, the listener has heard it and the count of packed bytes
 * is given. A document type, and with it every entity of its own making, is refused.
 */
export async function* readXml(
  path: string,
  entry: ZipEntry,
  listener: XmlListener,
  signal?: AbortSignal,
): AsyncGenerator<number> {
  let sinceToken = 0;
  const parser = new SaxesParser({ xmlns: false, position: false });
  const heard = (): void => void (sinceToken = 0);
  parser.on('opentag', (tag: SaxesTagPlain) => {
    heard();
    listener.open({ name: localName(tag.name), attributes: tag.attributes });
  });
  parser.on('closetag', (tag: SaxesTagPlain) => {
    heard();
    listener.close(localName(tag.name));
  });
  parser.on('text', (text) => {
    heard();
    listener.text(text);
  });
  parser.on('cdata', (text) => {
    heard();
    listener.text(text);
  });
  parser.on('comment', heard);
  parser.on('processinginstruction', heard);
  parser.on('doctype', () => {
    const message = `${path} was refused: ${entry.name} has a document type, which no workbook needs.`;
    throw new AppError('bad-input', message, { path });
  });
  const write = (text: string | null): void => {
    try {
      if (text === null) parser.close();
      else parser.write(text);
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw damaged(path, `${entry.name} is no well-formed XML (${(error as Error).message})`, error);
    }
  };
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let packedRead = 0;
  for await (const { bytes, packedBytes } of partBytes(path, entry)) {
    if (signal?.aborted === true) throw new AppError('cancelled', 'Reading was stopped.');
    decoder ??= new TextDecoder(encodingOf(bytes), { fatal: true });
    packedRead = packedBytes;
    // Bounded work between two turns of the event loop, whatever one piece unpacks to.
    for (let at = 0; at < bytes.length; at += 16 * 1024) {
      const text = decode(decoder, bytes.subarray(at, at + 16 * 1024), path, entry);
      sinceToken += text.length;
      write(text);
      if (sinceToken > longestToken) {
        throw tooLarge(
          path,
          `a text of more than ${longestToken} characters in ${entry.name}`,
          'that is read',
        );
      }
      yield packedRead;
      await nextTurn();
    }
  }
  write(decode(decoder ?? new TextDecoder(), null, path, entry));
  write(null);
  yield packedRead;
}

/** The value of an attribute whose prefix may be any, such as the `id` of `r:id`. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  const exact = attributes[name];
  if (exact !== undefined) return exact;
  const key = Object.keys(attributes).find((candidate) => candidate.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array | null,
  path: string,
  entry: ZipEntry,
): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (error) {
    throw damaged(path, `${entry.name} holds bytes that are not ${decoder.encoding.toUpperCase()}`, error);
  }
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}
