/** Bytes that come in chunks and are read in exact lengths or as they come. One reader at a time. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  #length = 0;
  #ended = false;
  #end: Error | undefined;
  #wake: (() => void) | undefined;

  /** Bytes that nobody has read yet. */
  get length(): number {
    return this.#length;
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    this.#wake?.();
  }

  /** No more will come: a reader that wants more than there is gets `error`, or `undefined` without one. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#end = error;
    this.#wake?.();
  }

  /** Exactly `length` bytes, or `undefined` when the queue ended short of them. Rejects with the end's error. */
  async read(length: number): Promise<Buffer | undefined> {
    while (this.#length < length) {
      if (this.#end) throw this.#end;
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    return this.#take(length);
  }

  /** All that comes, until the end. Rejects with the end's error. */
  async *chunks(): AsyncGenerator<Uint8Array, void> {
    for (;;) {
      const first = await this.read(1);
      if (!first) return;
      yield Buffer.concat([first, this.#take(this.#length)]);
    }
  }

  #take(length: number): Buffer {
    const taken: Uint8Array[] = [];
    let wanted = length;
    while (wanted > 0) {
      const chunk = this.#chunks[0]!;
      if (chunk.length <= wanted) {
        this.#chunks.shift();
        taken.push(chunk);
      } else {
        this.#chunks[0] = chunk.subarray(wanted);
        taken.push(chunk.subarray(0, wanted));
      }
      wanted -= taken.at(-1)!.length;
    }
    this.#length -= length;
    const [only] = taken;
    return only && taken.length === 1
      ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
      : Buffer.concat(taken, length);
  }
}
