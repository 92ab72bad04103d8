import type { Session, Target } from '@vakhta/mirror';
import { postgres } from '../src/dialects/postgres.ts';

type Answer = readonly Readonly<Record<string, unknown>>[];

/** A database in memory that knows no more than a mirror's statements, and can be broken by the test. */
export class ScriptedTarget implements Target {
  readonly address = 'postgres://scripted/one';
  readonly dialect = postgres;
  readonly schema = 'public';
  /** How many connections were asked for. */
  opened = 0;
  openSessions = 0;
  /** Thrown by every `open` while set. */
  outage: Error | null = null;
  /** Statements whose text holds this never answer. */
  mute: string | null = null;
  position = 0;
  /** Sizes of the committed batches, per upsert. */
  readonly batches: number[] = [];

  async open(): Promise<Session> {
    this.opened += 1;
    if (this.outage) throw this.outage;
    this.openSessions += 1;
    let isOpen = true;
    let undone: { position: number; batches: number[] } = { position: this.position, batches: [] };
    return {
      begin: async () => {
        undone = { position: this.position, batches: [] };
      },
      run: async ({ sql, parameters }): Promise<Answer> => {
        if (this.outage) throw this.outage;
        if (this.mute && sql.includes(this.mute)) return new Promise(() => {});
        if (sql.startsWith('SELECT position')) return [{ position: String(this.position) }];
        if (sql.startsWith('UPDATE')) undone.position = Number(parameters[2]);
        if (sql.includes('unnest')) undone.batches.push((parameters[0] as readonly string[]).length);
        return [];
      },
      commit: async () => {
        this.position = undone.position;
        this.batches.push(...undone.batches);
      },
      close: () => {
        if (isOpen) this.openSessions -= 1;
        isOpen = false;
      },
    };
  }
}
